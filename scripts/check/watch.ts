export async function watchExercise(
  _: string,
  __: AbortSignal,
): Promise<void> {}

// Lessons that are planned, by number. One that has a folder is linked instead.

export const coming: Readonly<Record<number, string>> = {
  12: 'Scaling out',
  13: 'In production',
}

// Tests that `npm test` leaves out: `vitest.config.ts` says which they are.

/** `none` leaves them out. */
export const thoroughVariable = 'WORKBOOK_THOROUGH_TESTS'

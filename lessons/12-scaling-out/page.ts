/** The folder of the page that shows this lesson's server: lesson 04 has it. */
export const page = new URL('../04-server-sent-events/', import.meta.url).href

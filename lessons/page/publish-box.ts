// The box that publishes a message.

import { part } from './part.ts'

export function publishBox(
  form: HTMLElement,
  publish: (data: string) => Promise<void>,
): void {
  const input = part<HTMLInputElement>('#data')
  const problem = part('[role=alert]')

  form.onsubmit = async (event) => {
    event.preventDefault()
    const data = input.value
    try {
      await publish(data)
      problem.textContent = ''
      // Unless the reader has typed on while it was sent.
      if (input.value === data) input.value = ''
    } catch (error) {
      problem.textContent = `Not published: ${(error as Error).message}`
    }
  }
}

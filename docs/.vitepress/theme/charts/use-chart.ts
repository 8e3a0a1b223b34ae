// The life of a chart in a page: fetched and drawn when it comes near, drawn
// again when day turns to night and for the printer, gone with the page.

import { onBeforeUnmount, onMounted, type Ref, ref, watch } from 'vue'

import { themes } from '../../../../bench/report/theme.ts'
import type { ChartFile } from '../../figures/chart-file.ts'
import { near } from './near.ts'

export interface ChartPlace {
  readonly canvas: Readonly<Ref<HTMLCanvasElement | null>>
  /** Where its data lies. */
  readonly address: string
  /** The id of the contestant that it is about. */
  readonly about: string | undefined
  readonly isDark: Readonly<Ref<boolean>>
}

export type ChartState = 'waiting' | 'drawn' | 'failed'

export function useChart(place: ChartPlace): Readonly<Ref<ChartState>> {
  const { canvas, address, about, isDark } = place
  const state = ref<ChartState>('waiting')
  const ending = new AbortController()
  const { signal } = ending
  let erase = () => {}

  onMounted(async () => {
    const { value: element } = canvas
    if (element === null) return
    try {
      await near(element, signal)
      // Both at once: neither tells anything about the other.
      const [{ draw }, { spec }] = await Promise.all([
        import('./draw.ts'),
        read(address, signal),
      ])
      if (signal.aborted) return
      const redraw = (dark: boolean) => {
        erase()
        const theme = themes[dark ? 'dark' : 'light']
        erase = draw(element, spec, about ? { theme, about } : { theme })
      }
      redraw(isDark.value)
      state.value = 'drawn'
      watch(isDark, redraw)
      // Paper is white whatever the screen is.
      addEventListener('beforeprint', () => redraw(false), { signal })
      addEventListener('afterprint', () => redraw(isDark.value), { signal })
    } catch (error) {
      if (signal.aborted) return
      console.error(error)
      state.value = 'failed'
    }
  })
  onBeforeUnmount(() => {
    ending.abort()
    erase()
  })
  return state
}

async function read(address: string, signal: AbortSignal): Promise<ChartFile> {
  const response = await fetch(address, { signal })
  if (!response.ok)
    throw new Error(
      `${address} must be a chart's data, got status ${response.status}.`,
    )
  return response.json()
}

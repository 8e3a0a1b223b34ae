// The theme: VitePress's own without its web font, and what moves on our pages.

import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { defineAsyncComponent, hydrateOnVisible } from 'vue'

import BenchChart from './components/BenchChart.vue'
import { unfoldForPrint } from './unfold.ts'

import './decide.css'
import './diagram.css'
import './figures.css'
import './style.css'
import './vitepress.css'

/** Loaded by the pages that show them. What they say is in the HTML before. */
const parts = {
  CostCalculator: () => import('./components/CostCalculator.vue'),
  ExercisePanel: () => import('./components/ExercisePanel.vue'),
  LessonProgress: () => import('./components/LessonProgress.vue'),
  LivePanel: () => import('./components/LivePanel.vue'),
  PredictQuestion: () => import('./components/PredictQuestion.vue'),
  TransportChooser: () => import('./components/TransportChooser.vue'),
  TransportRace: () => import('./components/TransportRace.vue'),
}

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('BenchChart', BenchChart)
    for (const [name, load] of Object.entries(parts))
      app.component(
        name,
        // What it says is in the page; it is made to move when it is seen.
        defineAsyncComponent({ loader: load, hydrate: hydrateOnVisible() }),
      )
    if (!import.meta.env.SSR) unfoldForPrint()
  },
} satisfies Theme

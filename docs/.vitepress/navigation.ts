// The ways through the site. Previous and next follow the sidebar.

import type { DefaultTheme } from 'vitepress'

import type { NumberedLesson, NumberedPractice } from '../../lessons/index.ts'

type Lessons = readonly (NumberedLesson | NumberedPractice)[]

export function navigation(lessons: Lessons): DefaultTheme.NavItem[] {
  const first = lessonItems(lessons)[0]
  return [
    {
      text: 'Lessons',
      link: first?.link ?? '/',
      activeMatch: '^/lessons/',
    },
    { text: 'Race', link: '/race' },
    { text: 'Compare', link: '/compare' },
    { text: 'Choose', link: '/choose' },
    { text: 'Results', link: '/results' },
  ]
}

export function sidebar(lessons: Lessons): DefaultTheme.SidebarItem[] {
  return [
    {
      text: 'Begin',
      items: [
        { text: 'The first five minutes', link: '/start' },
        { text: 'The race', link: '/race' },
      ],
    },
    { text: 'Lessons', items: lessonItems(lessons) },
    {
      text: 'Decide',
      items: [
        { text: 'Choose', link: '/choose' },
        { text: 'Compare', link: '/compare' },
      ],
    },
    {
      text: 'Measure',
      items: [
        { text: 'How to read the figures', link: '/how-to-read' },
        { text: 'Method', link: '/method' },
        { text: 'Results', link: '/results' },
      ],
    },
    {
      text: 'More',
      items: [
        { text: 'Glossary', link: '/glossary' },
        { text: 'Changes', link: '/changelog' },
      ],
    },
  ]
}

function lessonItems(lessons: Lessons) {
  return lessons.map(({ folder, number, title }) => ({
    text: `${String(number).padStart(2, '0')} · ${title}`,
    link: `/lessons/${folder}/`,
  }))
}

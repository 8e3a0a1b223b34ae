// The head of the page: what was run, when, where, and how to read it.

import type { Result } from '../result.ts'
import { formatNumber } from './format.ts'
import { type Content, type Html, html } from './html.ts'
import { describeMachine, roundsOf } from './machine-words.ts'
import { verdictMark, verdictMeanings } from './verdict.ts'

export function head(result: Result): Html {
  const { scenarios, contestants, environment, complete } = result
  return html`<header>
<p class="eyebrow">HTTP Push Workbook · benchmark</p>
<h1>${scenarios.map((one) => one.title).join(', ')}</h1>
<p class="lead">${contestants.length} contestants in ${scenarios.length}
${scenarios.length === 1 ? 'scenario' : 'scenarios'}, ${roundsOf(result)},
on ${time(result.startedAt)}.</p>
<p class="dim">${describeMachine(environment)}, seed
${result.seed}: <code>${result.command}</code></p>
${
  !complete &&
  html`<p class="notice" role="note"><strong>Not complete.</strong> It was
ended before its last run: read the number of rounds beside each figure.</p>`
}
<nav aria-label="Contents"><ul><li><a href="#verdicts">Verdicts</a></li>${scenarios.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}<li><a id="download" href="#download" download="${result.id}.json" hidden
>Download the data</a></li></ul></nav>
<noscript><p class="dim">The charts and the download need JavaScript. Every
figure is also in a table.</p></noscript>
<details open class="card"><summary>How to read it</summary>${legend()}</details>
<details class="card"><summary>How and where it ran</summary>
${facts(result)}</details>
</header>`
}

/** What the marks in figures mean. */
export function legend(): Html {
  const verdicts = Object.entries(verdictMeanings) as [
    keyof typeof verdictMeanings,
    string,
  ][]
  return html`<dl>
${item('Median', 'of the rounds; each round ran in processes of its own.')}
${item(
  '95 % interval',
  'the whiskers: where the median would lie if all was run again on this ' +
    'machine. Without whiskers there were fewer than 3 rounds.',
)}
${item(
  'Letters',
  'contestants that share one cannot be told apart, and are not ranked.',
)}
${item(
  'Floor',
  'the grey line: raw TCP, below which no transport gets. The shaded band ' +
    'around it is noise: how far this machine moves a figure on its own.',
)}
${item(
  'Bound',
  '≥ or ≤, and an arrow in a chart: the true figure is at least, or at ' +
    'most, this.',
)}
${item(
  'Verdict',
  html`whether to believe the figure. In charts, all but ok are hatched and
crossed, and they are never ranked. ${verdicts.map(
    ([verdict, meaning]) =>
      html`<span class="meaning">${verdictMark(verdict)}: ${meaning}.</span> `,
  )}`,
)}
</dl>`
}

function facts(result: Result): Html {
  const { environment: env } = result
  const { git, cpuLimit, memoryLimitMiB, clockOffsetUs, noisePercent } = env
  return html`<dl>
${item('Command', html`<code>${result.command}</code>`)}
${item('Result', html`<code>${result.id}</code>`)}
${item('Began', time(result.startedAt))}
${item('Ended', time(result.finishedAt))}
${item('Complete', result.complete ? 'yes' : 'no, ended early')}
${item('Seed', html`<code>${result.seed}</code>`)}
${item('Rounds', `${roundsOf(result)}, effort “${result.effort}”`)}
${item('System', `${env.os}, kernel ${env.kernel}`)}
${item(
  'CPU',
  `${env.cpu}, ${env.cores} cores${
    cpuLimit === undefined ? '' : `, limited to ${cpuLimit}`
  }`,
)}
${item(
  'Memory',
  `${formatNumber(env.memoryMiB, 12)} MiB${
    memoryLimitMiB === undefined
      ? ''
      : `, limited to ${formatNumber(memoryLimitMiB, 12)} MiB`
  }`,
)}
${env.virtualization && item('Virtualization', env.virtualization)}
${item(
  'Clock',
  `${env.clockSource ?? 'of unknown source'}; two processes differ by ` +
    `${clockOffsetUs.join(' to ')} µs`,
)}
${item('Node', env.node)}
${git && item('Commit', `${git.commit}${git.dirty ? ', with changes' : ''}`)}
${noisePercent && record('Noise', percents(noisePercent))}
${record('Versions', env.versions)}
${record('Packages', env.packages)}
${record('Kernel settings', env.sysctl)}
</dl>`
}

function percents(noise: Readonly<Record<string, number>>) {
  return Object.fromEntries(
    Object.entries(noise).map(([id, value]) => [id, `± ${value} %`]),
  )
}

function record(
  term: string,
  values: Readonly<Record<string, string>>,
): Html | undefined {
  const entries = Object.entries(values)
  if (entries.length === 0) return undefined
  const text = entries.map(([name, value]) => `${name} ${value}`).join(' · ')
  return item(term, text)
}

function item(term: string, description: Content): Html {
  return html`<div><dt>${term}</dt><dd>${description}</dd></div>`
}

/** As it stands in the result, without parts that nobody reads. */
function time(iso: string): Html {
  const text = iso.replace(/^([^T]+)T(\d\d:\d\d).*$/, '$1 $2 UTC')
  return html`<time datetime="${iso}">${text}</time>`
}

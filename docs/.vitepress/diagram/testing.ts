// What the tests of diagrams share: the diagrams of all write-ups, and one with
// everything in it.

import { readFile } from 'node:fs/promises'

import { lessonFolders } from '../../../lessons/index.ts'
import { root } from '../root.ts'

/** A diagram as it stands in a fence, and where. */
export interface Source {
  readonly name: string
  readonly source: string
}

/** The diagrams of all write-ups. */
export async function diagramsOfLessons(): Promise<Source[]> {
  const folders = await lessonFolders()
  const sources = folders.map(async (folder) => {
    const file = new URL(`lessons/${folder}/README.md`, root)
    const fences = (await readFile(file, 'utf8')).matchAll(
      /^```mermaid\n(?<source>[\s\S]*?)^```$/gm,
    )
    return [...fences].map(({ groups }, index) => ({
      name: `${folder}, diagram ${index + 1}`,
      source: groups?.source ?? '',
    }))
  })
  return (await Promise.all(sources)).flat()
}

export const everything = `sequenceDiagram
  %% All that is understood, where it is tight.
  actor U as Reader
  participant B as Browser
  participant P as Proxy<br/>(nginx)
  participant S as Server
  U->>B: opens the page
  B->>+S: GET /messages?after=k3f9x2-40, Last-Event-ID: k3f9x2-40
  activate S
  loop every 15 s, as long as the connection is there
    S-->>P: a comment
    alt the proxy buffers
      P-xB: nothing arrives
      Note over P: keeps 4 kB back
    else
      P-->>B: a comment
      Note right of B: heart beats
      Note left of U: reads
    end
    S->>S: looks at its feed
    loop
      Note right of S: publishes
    end
  end
  par to one
    S-)B: id: 43
  and to the other
    S--)P: id: 43
  end
  opt nobody has told why
    Note over S,U: the connection breaks, and everybody has to see how to get on without it for a while
  end
  B->>B: waits, as \`retry: 1000\` asked
  S--xU: "dataWithoutAnyPlaceWhereItCouldBeBrokenInTwoOrMore"
  B--xB: lost
  S-->>-U: 
`

// What is wrong with a server as soon as there are two of it.

import type { Exercise } from '../../exercise.ts'
import { everywhere, moves, sameIds } from './checks.ts'

export default {
  files: ['server.ts'],
  steps: [
    {
      check: everywhere,
      why: 'Half of your users are at the other server. What they do not get, they do not miss: nobody reports a message that did not come.',
      hints: [
        'Where does a message go that somebody posts to this node? And who follows that?',
        'There are two feeds here: the one of all nodes, and `here`. `publishRoute` of `lessons/shared/router.ts` takes the feed to publish into.',
        '`...publishRoute(feed, options)`: what comes back from there reaches those who are here as well.',
      ],
      read: '#a-broadcast-is-not-enough',
      look: /publishRoute\(/,
      faults: [
        {
          text: 'What is published stays at this node.',
          says: /^(Waited in vain for message 1, "from the first node"|message 1, "from the first node", must be next)/,
          put: [
            [
              '...publishRoute(feed, options)',
              '...publishRoute(new (feed.constructor as any)(), options)',
            ],
          ],
        },
      ],
    },
    {
      check: sameIds,
      brings: ['gap', 'backpressure', 'release'],
      why: 'An id is a place in a feed. If each node counts for itself, 42 means something else next door, and a client that moves reads the wrong page of the book.',
      hints: [
        'Who gives a message its id? How many of them are there, with two nodes?',
        'The feed of all nodes has given it an id already. This node throws it away, and `here` gives it another.',
        'In `GET /messages`: `await feed.follow(cursor, gone, …)`, and `here` goes, with the loop that fills it.',
      ],
      read: '#the-server',
      look: /new Feed\(|feed\.follow\(/,
      faults: [
        {
          text: 'Each node counts for itself.',
          says: /^the message \S+ must have this id at both nodes; the first calls it /,
          put: [
            [
              'const hasRoom = response.write(encodeEvent(message))',
              "const own = message.id.replace(/-.*/, '-' + (Math.random() * 1e9 | 0))\n        const hasRoom = response.write(encodeEvent({ ...message, id: own }))",
            ],
          ],
        },
      ],
    },
    {
      check: moves,
      brings: ['resume', 'shutdown'],
      why: 'A node ends at every deploy. Its subscribers come to the other one with their cursor, and what was published in between is in the history, or lost.',
      hints: [
        'Where is the history that a cursor points into? And what has a node that started a second ago?',
        'A cursor of the feed of all nodes is found there, by `feed.locate`, at whichever node it is asked for.',
        '`const cursor = feed.locate(lastEventId ?? afterOf(request))`, with `feed` as it was handed in.',
      ],
      read: '#how-it-works',
      look: /\.locate\(/,
      faults: [
        {
          text: 'Who comes back starts at the present.',
          says: /^(Waited in vain for message 2, "meanwhile"|message 2, "meanwhile", must be next)/,
          put: [
            [
              'const cursor = feed.locate(lastEventId ?? afterOf(request))',
              'const cursor = [feed.present, lastEventId, afterOf][0] as string',
            ],
          ],
        },
      ],
    },
  ],
} satisfies Exercise

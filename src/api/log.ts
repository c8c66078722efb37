import type { FastifyBaseLogger } from 'fastify'
import { pino, type DestinationStream } from 'pino'

/**
 * The log of the server, one JSON object a line. It holds no personal data: requests are named by the route's pattern,
 * never by their address, and what may carry data is left out here even if someone logs it.
 */
export function openLog(to: 'silent' | 'info' | DestinationStream): FastifyBaseLogger {
  const level = to === 'silent' ? to : 'info'
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'req',
          'res',
          'err.message',
          'err.detail',
          'err.where',
          'body',
          'query',
          'params',
          'headers',
          '*.body',
          '*.query',
          '*.params',
          '*.headers',
        ],
        remove: true,
      },
    },
    typeof to === 'string' ? pino.destination(2) : to,
  )
}

import { totalmem } from 'node:os'

const MB = 2 ** 20

/** Memory this process may count on, bytes: the machine's, or the container's limit. */
function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

const clamp = (bytes: number, low: number, high: number): string =>
  `${Math.round(Math.min(Math.max(bytes / MB, low), high))}MB`

/**
 * How the embedded server runs. It has no replicas and no archive, hence `wal_level` minimal: a server with
 * standbys or point-in-time recovery is a server of its own, given by DATABASE_URL.
 */
export function deriveSettings(overrides: Record<string, string> = {}): Record<string, string> {
  const memory = availableMemory()
  return {
    // a third: the cold look-ups of a large archive are measured against it (design, decision 2)
    shared_buffers: clamp(memory / 3, 128, 8192),
    effective_cache_size: clamp(memory * 0.6, 256, 65536),
    maintenance_work_mem: clamp(memory / 16, 64, 1024),
    max_connections: '100',
    jit: 'off',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_level: 'minimal',
    max_wal_senders: '0',
    password_encryption: 'scram-sha-256',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    log_line_prefix: '%m [%p] ',
    // The log must never hold personal data: no statements, no values, no "failing row contains". An error
    // goes to the client that caused it; `log` leaves out ERROR and keeps what concerns the server.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    ...overrides,
  }
}

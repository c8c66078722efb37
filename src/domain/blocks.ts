const LANES = 8
const MOST_BUCKETS = 4096
const ROWS_A_BUCKET = 256

/**
 * Sums of keyed row hashes by bucket (G11): a submission stores one 256-bit sum for about every 256 rows, so that
 * verification needs no order and names the bucket of a removed or added row. Lanes are added modulo 2³² each; without
 * the ledger key nobody can make rows whose hashes sum to a given value.
 * Buckets are the top bits of the natural key, so a finer table folds into a coarser one by adding neighbours.
 */
export function openBlocks() {
  const lanes = new Float64Array(LANES * MOST_BUCKETS)
  let rows = 0
  return {
    /** Adds a row: `mac` its 32 bytes at `at`, `top` the first 32 bits of its natural key. */
    add(mac: DataView, at: number, top: number): void {
      rows += 1
      const base = Math.floor((top >>> 0) / (4294967296 / MOST_BUCKETS)) * LANES
      for (let lane = 0; lane < LANES; lane += 1) {
        lanes[base + lane] = (lanes[base + lane] as number) + mac.getUint32(at + lane * 4)
      }
    },
    /** The bytes to store, folded to a bucket for about 256 rows. */
    finish(): Uint8Array {
      const wanted = bucketsFor(rows)
      const fold = MOST_BUCKETS / wanted
      const bytes = new Uint8Array(wanted * LANES * 4)
      const view = new DataView(bytes.buffer)
      for (let bucket = 0; bucket < wanted; bucket += 1) {
        for (let lane = 0; lane < LANES; lane += 1) {
          let sum = 0
          for (let part = 0; part < fold; part += 1) {
            sum = (sum + ((lanes[(bucket * fold + part) * LANES + lane] as number) % 4294967296)) % 4294967296
          }
          view.setUint32((bucket * LANES + lane) * 4, sum)
        }
      }
      return bytes
    },
  }
}

/** Number of buckets for so many rows: a power of two, at most 4096. */
export function bucketsFor(rows: number): number {
  let buckets = 1
  while (buckets < MOST_BUCKETS && buckets * ROWS_A_BUCKET < rows) buckets *= 2
  return buckets
}

// Apart from shapes.ts: a page that needs the words loads no schema with them.
export { RECORD_STATES, type RecordState } from '#domain/step.ts'

/** One reason to say no: `status` is the HTTP status it maps to; plain Chinese first, complete English second. */
export type Entry = { status: number; message: { zh: string; en: string }; remedy: { zh: string; en: string } }

import { addressOf, ApiError, callHeaders, readAnswer, type Input } from '../api.ts'

export type About = NonNullable<Input<'putMyEvidence'>['query']['about']>
/** A file of a case, and what it is there to show. */
export type Paper = { about: About; file: File }
/** What a case takes: the server tells by the content. */
export const ACCEPT = 'application/pdf,image/jpeg,image/png,text/plain'

/** Puts a file to a case. Throws ApiError. */
export async function sendFile(
  name: 'putMyEvidence' | 'putEvidence',
  id: string,
  { about, file }: Paper,
): Promise<void> {
  let response: Response
  try {
    response = await fetch(addressOf(name, { params: { case: id }, query: { about } }), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...callHeaders(), 'content-type': file.type || 'application/octet-stream' },
      body: file,
    })
  } catch {
    throw new ApiError('offline')
  }
  readAnswer(response.status, response.headers.get('content-type') ?? '', await response.text())
}

import { useState } from 'react'
import { useWords } from '../i18n.ts'
import { useSession } from '../session.tsx'
import { Select } from '../ui/field.tsx'

/** The place whose tasks and figures are looked at, where one may choose; the own one at first. */
export function usePlaceChoice() {
  const { who } = useSession()
  const [of, setOf] = useState<string>()
  const places = who.places ?? []
  return { places, of, setOf, query: of === undefined ? {} : { of } }
}

/** City or district; nothing where the instance serves one place only, or the own one is all one sees. */
export function PlaceSelect({ places, of, setOf }: Omit<ReturnType<typeof usePlaceChoice>, 'query'>) {
  const { t, pick } = useWords()
  if (places.length < 2) return null
  return (
    <Select label={t('desk.place')} value={of ?? places[0]?.id} onChange={({ target }) => setOf(target.value)}>
      {places.map(({ id, name }) => (
        <option key={id} value={id}>
          {pick(name)}
        </option>
      ))}
    </Select>
  )
}

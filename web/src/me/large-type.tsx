import { useState } from 'react'
import { keepSetting, readSetting, useWords } from '../i18n.ts'

const KEY = 'xinheng.large'
const setLarge = (large: boolean) => document.documentElement.toggleAttribute('data-large', large)

/** Restores the chosen size of type before the first paint. */
export function restoreType(): void {
  setLarge(readSetting(KEY) === 'yes')
}

/** Makes everything about a third larger, for eyes that like it so. */
export function LargeType() {
  const { t } = useWords()
  const [large, choose] = useState(() => readSetting(KEY) === 'yes')
  return (
    <button
      type="button"
      className="button quiet"
      aria-pressed={large}
      onClick={() => {
        keepSetting(KEY, large ? 'no' : 'yes')
        setLarge(!large)
        choose(!large)
      }}
    >
      {t('shared.large')}
    </button>
  )
}

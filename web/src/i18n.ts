import { createInstance } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { deskZh } from './words/desk.zh.ts'
import type { meZh } from './words/me.zh.ts'
import type { publicZh } from './words/public.zh.ts'
import type { siteZh } from './words/site.zh.ts'
import { sharedEn } from './words/shared.en.ts'
import { sharedZh } from './words/shared.zh.ts'

/** Words of the server: Chinese first, English complete. */
export type Words = { zh: string; en: string }

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof sharedZh & typeof publicZh & typeof siteZh & typeof meZh & typeof deskZh }
  }
}

export type Language = 'zh' | 'en'
const KEY = 'xinheng.language'

export const i18n = createInstance()

/** Starts the languages with the words of one entrance. */
export async function startWords(zh: object, en: object): Promise<void> {
  const saved = readSetting(KEY)
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'
  })
  await i18n.use(initReactI18next).init({
    lng: saved === 'en' ? 'en' : 'zh',
    fallbackLng: 'zh',
    interpolation: { escapeValue: false },
    returnNull: false,
    resources: { zh: { translation: { ...sharedZh, ...zh } }, en: { translation: { ...sharedEn, ...en } } },
  })
}

/** Changes the language and keeps the choice (a preference, nothing about the person). */
export function setLanguage(language: Language): void {
  keepSetting(KEY, language)
  void i18n.changeLanguage(language)
}

/** Translation of our own words, choice of the server's, and the language they are in. */
export function useWords() {
  const { t } = useTranslation(undefined, { i18n })
  const language: Language = i18n.language === 'en' ? 'en' : 'zh'
  return { t, language, pick: (words: Words): string => words[language] || words.zh }
}

/** Reads a setting of this browser; storage may be forbidden, and then there is none. */
export function readSetting(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function keepSetting(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // not kept: it is only a preference
  }
}

import { start } from '../start.tsx'
import { meEn } from '../words/me.en.ts'
import { meZh } from '../words/me.zh.ts'
import { MePages } from './me-pages.tsx'
import { restoreType } from './large-type.tsx'
import '../style/me.css'

restoreType()
void start({ zh: meZh, en: meEn }, <MePages />)

import { start } from '../start.tsx'
import { publicEn } from '../words/public.en.ts'
import { publicZh } from '../words/public.zh.ts'
import { FrontPage } from './front-page.tsx'
import '../style/public.css'

void start({ zh: publicZh, en: publicEn }, <FrontPage />)

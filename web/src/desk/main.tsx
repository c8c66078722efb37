import { start } from '../start.tsx'
import { deskEn } from '../words/desk.en.ts'
import { deskZh } from '../words/desk.zh.ts'
import { DeskPages } from './desk-pages.tsx'
import '../style/desk.css'
import '../style/packs.css'

void start({ zh: deskZh, en: deskEn }, <DeskPages />)

const PATHS = {
  check: 'M4 12.500 9.500 18 20 6.500',
  cross: 'M6 6l12 12M18 6 6 18',
  info: 'M12 11v6M12 7.500v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  alert:
    'M12 8.500v5M12 17v.01M10.300 4.200 2.800 17.500A2 2 0 0 0 4.500 20.500h15a2 2 0 0 0 1.700-3L13.700 4.200a2 2 0 0 0-3.400 0Z',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  file: 'M6 3h8l4 4v14H6ZM14 3v4h4M9 12h6M9 16h6',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  download: 'M12 4v12M7 11l5 5 5-5M4 20h16',
  shield: 'M12 3 4.500 6v5.500c0 4.500 3 8 7.500 9.500 4.500-1.500 7.500-5 7.500-9.500V6ZM8.500 12l2.500 2.500 4.500-5',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15ZM10 21h4',
  key: 'M8 16a4 4 0 1 1 3.500-6H21v3h-2v3h-3v-3h-4.500A4 4 0 0 1 8 16Z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.500 2',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20.500 20.500 16 16',
  folder: 'M3 6h7l2 2h9v11H3Z',
  chart: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  flag: 'M5 21V4h12l-2 4 2 4H5',
  lock: 'M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  menu: 'M4 7h16M4 12h16M4 17h16',
  inbox: 'M3 13 6 5h12l3 8v6H3ZM3 13h5l1.500 3h5L16 13h5',
  book: 'M5 4h6a2 2 0 0 1 2 2v14a2 2 0 0 0-2-2H5ZM19 4h-4a2 2 0 0 0-2 2v14a2 2 0 0 1 2-2h4Z',
} as const

export type IconName = keyof typeof PATHS

/** A drawn sign beside words; it says nothing that the words do not. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** The mark of the house: a balance under a seal. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
        <path d="M16 7v17M11 25h10M7 10h18" />
        <path d="M4.500 17 7 10.500 9.500 17a2.600 2.600 0 0 1-5 0ZM22.500 17 25 10.500 27.500 17a2.600 2.600 0 0 1-5 0Z" />
      </g>
      <circle cx="16" cy="6.500" r="2.200" fill="#e2745f" />
    </svg>
  )
}

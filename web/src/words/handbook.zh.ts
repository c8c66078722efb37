export const handbookZh = {
  handbook: {
    title: '政策手册',
    intro: '本平台据以判断的全部规则，逐条写明内容、依据和有效期；标“未核实”的，没有见到全文。',
    listIntro: '每一层各有一册；下层只能增加或收紧。',
    library: '规则本身：政策手册，逐条可查、可打印',
    of: '{{name}} · 手册',
    version: '版本 {{version}}（{{layers}}）',
    contents: '目录',
    entries: '{{count}} 条',
    unverified: '未核实',
    unverifiedCount: '其中 {{count}} 条未核实',
    valid: '{{from}} 起',
    validUntil: '{{from}} 至 {{until}}（不含）',
    basis: '依据',
    print: '本页可直接打印。',
    open: '打开手册',
  },
} as const

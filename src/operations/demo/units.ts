/** Units of the demo pack that send files: the same names and codes as `policy/demo/units.yaml`. */
export const DEMO_UNITS = {
  'demo-market': { name: '衡州市市场监督管理局', code: '11990000009900021H', short: '衡市监' },
  'demo-court': { name: '衡州市中级人民法院', code: '1199000000990003X9', short: '衡' },
  'demo-approval': { name: '衡州市行政审批局', code: '119900000099000489', short: '衡审批' },
  'demo-hr': { name: '衡州市人力资源和社会保障局', code: '119900000099000564', short: '衡人社' },
  'demo-tax': { name: '衡州市税务局', code: '11990000009900064Y', short: '衡税' },
  'demo-youth': { name: '共青团衡州市委员会', code: '13990000009900072K', short: '衡团' },
  'demo-transport': { name: '衡州市交通运输局', code: '11990000009900080L', short: '衡交' },
  'demo-housing': { name: '衡州市住房和城乡建设局', code: '11990000009900099H', short: '衡住建' },
  'demo-health': { name: '衡州市卫生健康委员会', code: '119900000099001015', short: '衡卫' },
} as const

export type DemoUnit = keyof typeof DEMO_UNITS

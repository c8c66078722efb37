/** Words of “my data as a file”. */
export const dataZh = {
  data: {
    title: '我的数据',
    intro: '把这里关于您的全部信息保存为文件，自己留存或者交给别处。',
    logged: '生成文件也是一次查看，会记在“谁查过我”里。文件只保存在这台设备上。',
    html: '阅读版',
    htmlText: '一个网页文件，可以直接打开、阅读和打印。',
    saveHtml: '保存阅读版',
    json: '数据版',
    jsonText: '结构化文件（JSON），供其他程序读取；格式见接口说明。',
    saveJson: '保存数据版',
    saved: '已保存到本机',
    savedText: '共有记录 {{records}} 条，查询 {{looks}} 次，案件 {{cases}} 件。',
    keep: '文件含有您的个人信息，请妥善保管；公用电脑上请勿保存。每小时至多生成五次。',
    state: '状态',
    until: '至',
    purpose: '用途',
    saw: '看到的事项',
  },
} as const

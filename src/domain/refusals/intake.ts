import type { Entry } from './entry.ts'

/** Of files, rows and fields that are sent. */
export const INTAKE_REFUSALS = {
  'refuted-earlier': {
    status: 409,
    message: {
      zh: '该记录（或其原内容）此前已撤回、撤销或更正，见所列决定',
      en: 'This record, or what it said, was withdrawn, refuted or corrected by the earlier decision named',
    },
    remedy: {
      zh: '请勿重复报送；确有新的法律文书的，按新文书另行报送',
      en: 'Do not send it again; where there is a new document with legal effect, report it under that document',
    },
  },
  'empty-file': {
    status: 422,
    message: { zh: '文件是空的', en: 'The file is empty' },
    remedy: { zh: '请核对导出是否成功，重新报送', en: 'Check that the export succeeded and send it again' },
  },
  'no-rows': {
    status: 422,
    message: { zh: '文件只有表头，没有数据', en: 'The file has a header and no rows' },
    remedy: {
      zh: '请核对导出条件；本期确无数据的不必报送',
      en: 'Check the filter of the export; where there is nothing to report, send nothing',
    },
  },
  'no-header': {
    status: 422,
    message: { zh: '第一行没有可识别的栏目名称', en: 'The first row has no column name that is known' },
    remedy: {
      zh: '第一行应为目录规定的栏目名称，如 CF_XDR_MC 或“行政相对人名称”；请核对是否选错事项',
      en: 'The first row must hold the column names of the catalogue, such as CF_XDR_MC; check that the right item is chosen',
    },
  },
  'missing-column': {
    status: 422,
    message: { zh: '缺少必填栏目', en: 'A required column is missing' },
    remedy: { zh: '请补上该栏目后重新报送', en: 'Add the column and send the file again' },
  },
  'duplicate-column': {
    status: 422,
    message: { zh: '同一栏目出现两次', en: 'The same column stands twice' },
    remedy: {
      zh: '请只保留一栏，注意官方代码与中文名称指同一栏目',
      en: 'Keep one of them; the official code and the Chinese name mean the same column',
    },
  },
  'csv-columns': {
    status: 422,
    message: { zh: '本行栏目数与表头不一致', en: 'The row has more or fewer fields than the header' },
    remedy: {
      zh: '请核对本行是否缺少或多出分隔符；内容中含分隔符或换行的，应加英文双引号',
      en: 'Look for a missing or extra separator; a field that contains a separator or a line break needs double quotes',
    },
  },
  'csv-quote': {
    status: 422,
    message: { zh: '本行双引号使用有误', en: 'A double quote stands where none may' },
    remedy: {
      zh: '含双引号的内容应整体加双引号，其中的双引号写作两个',
      en: 'Put the whole field in double quotes and write each quote inside it twice',
    },
  },
  'csv-open-quote': {
    status: 422,
    message: { zh: '双引号没有结束', en: 'A double quote is opened and never closed' },
    remedy: {
      zh: '请在该内容末尾补上双引号，或删去多余的双引号',
      en: 'Close the quote at the end of the field, or delete it',
    },
  },
  'csv-too-long': {
    status: 422,
    message: { zh: '本行过长（超过一百万字）', en: 'The row is too long (over a million characters)' },
    remedy: { zh: '请核对换行符与双引号', en: 'Check line ends and double quotes' },
  },
  'bad-encoding': {
    status: 422,
    message: { zh: '文字编码有误，有字符无法辨认', en: 'The text encoding is broken: some characters cannot be read' },
    remedy: {
      zh: '请另存为 UTF-8 或 GB18030 编码的文件；不要把两种编码的内容拼在一个文件里',
      en: 'Save as UTF-8 or GB18030, and do not join texts of both in one file',
    },
  },
  'unknown-format': {
    status: 415,
    message: { zh: '不是可读取的数据文件', en: 'This is no data file that can be read' },
    remedy: {
      zh: '请报送 CSV、.xlsx 或 NDJSON；网页、压缩包、PDF 和图片请先另存为 .xlsx 或 CSV',
      en: 'Send CSV, .xlsx or NDJSON; save web pages, archives, PDF and images as .xlsx or CSV first',
    },
  },
  'old-xls': {
    status: 415,
    message: {
      zh: '是旧版 Excel（.xls）或加密的工作簿',
      en: 'This is an old Excel workbook (.xls) or one with a password',
    },
    remedy: {
      zh: '请用 Excel 或 WPS 另存为不加密的 .xlsx 或 CSV',
      en: 'Save it as .xlsx without a password, or as CSV',
    },
  },
  'xlsx-unreadable': {
    status: 422,
    message: { zh: '工作簿已损坏或不完整', en: 'The workbook is damaged or incomplete' },
    remedy: {
      zh: '请用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV，重新上传',
      en: 'Open it, save it as .xlsx or CSV and send it again',
    },
  },
  'xlsx-too-big': {
    status: 413,
    message: { zh: '工作簿过大', en: 'The workbook is too big' },
    remedy: { zh: '请另存为 CSV（不限大小），或拆成几个文件', en: 'Save it as CSV, which has no limit, or split it' },
  },
  'xlsx-merged': {
    status: 422,
    message: { zh: '数据区有跨行合并的单元格', en: 'Cells are merged over several rows of data' },
    remedy: { zh: '请取消合并，并在每一行填写完整', en: 'Unmerge them and fill in every row' },
  },
  'xlsx-error-cell': {
    status: 422,
    message: { zh: '本行有公式错误（如 #N/A）', en: 'A cell of the row shows a formula error such as #N/A' },
    remedy: { zh: '请修正公式，或粘贴为数值', en: 'Correct the formula or paste its value' },
  },
  'no-sheet': {
    status: 422,
    message: { zh: '工作簿中没有该名称的工作表', en: 'The workbook has no sheet of that name' },
    remedy: { zh: '请核对工作表名称', en: 'Check the name of the sheet' },
  },
  'bad-json': {
    status: 422,
    message: { zh: '本行不是一个 JSON 对象', en: 'The line is not one JSON object' },
    remedy: {
      zh: 'NDJSON 每行一个对象，行间不加逗号，首尾不加方括号',
      en: 'NDJSON has one object a line, no commas between them and no brackets around',
    },
  },
  'nested-json': {
    status: 422,
    message: { zh: '栏目的值是数组或对象', en: 'The value of a field is an array or object' },
    remedy: { zh: '每个栏目只能是文本、数字、真假或空', en: 'A field is text, a number, true, false or null' },
  },
  'date-unreadable': {
    status: 422,
    message: { zh: '日期无法辨认', en: 'The date cannot be read' },
    remedy: { zh: '请写作 2026-03-01', en: 'Write it as 2026-03-01' },
  },
  'date-unreal': {
    status: 422,
    message: { zh: '没有这一天', en: 'There is no such day' },
    remedy: { zh: '请核对日期', en: 'Check the date' },
  },
  'date-serial': {
    status: 422,
    message: { zh: '日期变成了 Excel 序列号', en: 'The date has become a serial number of Excel' },
    remedy: { zh: '请把该列设为日期格式后重新导出', en: 'Format the column as a date and export it again' },
  },
  'field-empty': {
    status: 422,
    message: { zh: '必填项为空', en: 'A required field is empty' },
    remedy: { zh: '请补填此项后重新报送该行', en: 'Fill in this field and send the row again' },
  },
  'field-too-long': {
    status: 422,
    message: { zh: '内容超过规定长度', en: 'The content is longer than allowed' },
    remedy: { zh: '请按目录规定的长度精简', en: 'Shorten it to the length the catalogue gives' },
  },
  'field-personal-number': {
    status: 422,
    message: { zh: '公开字段中含有公民身份号码', en: 'A field that is not for personal data holds a citizen number' },
    remedy: { zh: '请删去身份号码，只在证件号码一栏填写', en: 'Remove it: the number belongs in its own column only' },
  },
  'field-control-character': {
    status: 422,
    message: { zh: '内容含有不可见字符或乱码', en: 'The content has control characters or broken text' },
    remedy: {
      zh: '请检查文件编码，删除不可见字符',
      en: 'Check the encoding of the file and remove invisible characters',
    },
  },
  'code-unknown': {
    status: 422,
    message: { zh: '代码或名称不在代码表中', en: 'The code or name is not in the code list' },
    remedy: { zh: '请按目录所附代码表填写', en: 'Use a value of the code list in the catalogue' },
  },
  'date-in-future': {
    status: 422,
    message: { zh: '决定日期晚于今天', en: 'The decision date is in the future' },
    remedy: { zh: '请核对决定文书上的日期', en: 'Check the date on the decision' },
  },
  'money-unreadable': {
    status: 422,
    message: { zh: '数值无法识别', en: 'The number cannot be read' },
    remedy: { zh: '请只填数字，最多六位小数', en: 'Give digits only, with at most six decimals' },
  },
  'item-not-in-force': {
    status: 422,
    message: { zh: '决定之日目录中没有此事项', en: 'The catalogue item was not in force on the decision date' },
    remedy: {
      zh: '未列入目录的信息不得归集，请勿报送',
      en: 'What is not in the catalogue may not be collected: do not send it',
    },
  },
  'unit-not-entitled': {
    status: 403,
    message: { zh: '本单位不是此事项的报送单位', en: 'This unit is not a source of this item' },
    remedy: { zh: '请核对目录中的来源单位', en: 'Check the source units in the catalogue' },
  },
  minor: {
    status: 422,
    message: { zh: '行为或决定发生时当事人未满十八周岁', en: 'The person was under 18 when it happened' },
    remedy: { zh: '未成年人信息不得归集，请删除该行', en: 'Nothing about minors may be collected: remove the row' },
  },
  'organ-of-another-unit': {
    status: 422,
    message: {
      zh: '机关代码是本平台另一单位的代码：决定由其他单位作出',
      en: 'The code of the organ is that of another unit here: the decision is another unit’s',
    },
    remedy: {
      zh: '谁作出、谁报送：请填写本单位的统一社会信用代码；确由该单位作出的，由其自行报送',
      en: 'Who decides reports: give your own unit’s code; what the other unit decided is for it to report',
    },
  },
  'no-full-capacity': {
    status: 422,
    message: {
      zh: '法院已认定当事人不具有完全民事行为能力，不得归集其不良信息',
      en: 'A court has found that the person has no full civil capacity: nothing adverse may be collected about them',
    },
    remedy: {
      zh: '请删除该行；有关事项请与其监护人联系',
      en: 'Remove the row; turn to their guardian in the matter itself',
    },
  },
  'name-differs': {
    status: 422,
    message: { zh: '同一证件号码下的姓名或名称不一致', en: 'The same number stands under another name' },
    remedy: {
      zh: '请核对姓名与号码；确已更名的先办理更名',
      en: 'Check name and number; if the name has changed, have the change recorded first',
    },
  },
  'conflicting-rows': {
    status: 422,
    message: {
      zh: '本文件中同一记录出现两次且内容不同',
      en: 'The same record stands twice in this file with different content',
    },
    remedy: { zh: '请只保留正确的一行', en: 'Keep only the right row' },
  },
  'too-many-versions': {
    status: 422,
    message: { zh: '该记录更正次数已达上限', en: 'The record has been corrected too many times' },
    remedy: { zh: '请联系平台管理单位', en: 'Contact the operator of the platform' },
  },
  'too-many-refused': {
    status: 422,
    message: {
      zh: '不合格的行过多，整个文件未被接收',
      en: 'Too many rows were refused; nothing of the file was taken in',
    },
    remedy: {
      zh: '请按错误清单改正后重新报送整个文件',
      en: 'Correct the rows in the error list and send the whole file again',
    },
  },
  'intake-busy': {
    status: 409,
    message: { zh: '本单位此事项正有另一份文件在处理', en: 'Another file of this unit and item is being taken in' },
    remedy: { zh: '请稍后再试', en: 'Try again in a moment' },
  },
  'key-reused': {
    status: 409,
    message: { zh: '此报送编号已用于内容不同的文件', en: 'This key was used for a file with other content' },
    remedy: { zh: '更正请使用新的报送编号', en: 'To send a correction, use a new key' },
  },
} satisfies Record<string, Entry>

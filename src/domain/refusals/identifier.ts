import type { Entry } from './entry.ts'

/** Of identity and organisation numbers (domain/identity). */
export const IDENTIFIER_REFUSALS = {
  'id-empty': {
    status: 422,
    message: { zh: '没有填写证件号码', en: 'The identifier is empty' },
    remedy: { zh: '请补填证件号码', en: 'Fill in the identifier' },
  },
  'id-length': {
    status: 422,
    message: { zh: '公民身份号码的位数不对', en: 'The citizen number does not have the right length' },
    remedy: {
      zh: '请填写18位号码（旧证15位亦可）',
      en: 'Send the 18-digit number (a 15-digit one of the old card also serves)',
    },
  },
  'id-characters': {
    status: 422,
    message: { zh: '证件号码中有不应出现的字符', en: 'The number contains characters that cannot occur in it' },
    remedy: {
      zh: '请按证件原样填写，只用数字和末位的X',
      en: 'Copy it from the document: digits only, and X in the last place',
    },
  },
  'id-check-digit': {
    status: 422,
    message: {
      zh: '公民身份号码的校验码不符，有一位或几位写错',
      en: 'The check digit does not fit: one or more digits are wrong',
    },
    remedy: { zh: '请对照证件更正', en: 'Compare with the document and correct it' },
  },
  'id-date': {
    status: 422,
    message: { zh: '证件号码中的出生日期不存在', en: 'The date of birth in the number does not exist' },
    remedy: { zh: '请对照证件更正', en: 'Compare with the document and correct it' },
  },
  'id-future-date': {
    status: 422,
    message: { zh: '证件号码中的出生日期晚于今天', en: 'The date of birth in the number lies in the future' },
    remedy: { zh: '请对照证件更正', en: 'Compare with the document and correct it' },
  },
  'id-division': {
    status: 422,
    message: {
      zh: '证件号码前六位不是现行或曾经使用的行政区划代码',
      en: 'The first six digits are no division code of today or the past',
    },
    remedy: {
      zh: '请对照证件更正；确认无误的，请联系平台补充区划代码',
      en: 'Compare with the document; if it is right, ask the platform to add the division code',
    },
  },
  'id-spreadsheet': {
    status: 422,
    message: {
      zh: '号码已被电子表格改成数字，末几位丢失',
      en: 'A spreadsheet turned the number into a figure and its last digits are lost',
    },
    remedy: {
      zh: '请先把该列设为“文本”格式，再重新填写号码，不能从损坏的表恢复',
      en: 'Set the column to text in the spreadsheet, then enter the numbers again; they cannot be recovered from the damaged file',
    },
  },
  'id-legacy-centenarian': {
    status: 422,
    message: { zh: '15位旧号码的出生世纪不能确定', en: 'The century of birth in this 15-digit number is not certain' },
    remedy: { zh: '请填写18位公民身份号码', en: 'Send the 18-digit citizen number' },
  },
  'id-other-kind': {
    status: 422,
    message: {
      zh: '号码与所填的证件类型不符，应为港澳台居民居住证',
      en: 'The number belongs to another kind of document: a residence permit for Hong Kong, Macao and Taiwan residents',
    },
    remedy: { zh: '请更正证件类型', en: 'Correct the type of document' },
  },
  'id-kind-unknown': {
    status: 422,
    message: { zh: '证件类型不在代码表中', en: 'The type of document is not in the code list' },
    remedy: { zh: '请按代码表填写证件类型', en: 'Use a type from the code list' },
  },
  'passport-format': {
    status: 422,
    message: { zh: '护照号码的格式不对', en: 'The passport number does not have the right form' },
    remedy: {
      zh: '请按护照资料页填写号码，只含字母和数字',
      en: 'Copy the number from the data page: letters and digits only',
    },
  },
  'permit-format': {
    status: 422,
    message: { zh: '通行证号码的格式不对', en: 'The permit number does not have the right form' },
    remedy: {
      zh: '请填写证件号码：港澳通行证为H或M加8位数字，台湾通行证为8位数字',
      en: 'Copy the permit number: H or M and 8 digits for Hong Kong and Macao, 8 digits for Taiwan',
    },
  },
  'residence-format': {
    status: 422,
    message: { zh: '居留证件号码的格式不对', en: 'The number of the residence document does not have the right form' },
    remedy: {
      zh: '请按证件原样填写（新证18位，旧证3位字母加12位数字）',
      en: 'Copy it from the document (18 digits, or 3 letters and 12 digits on the old card)',
    },
  },
  'org-length': {
    status: 422,
    message: { zh: '统一社会信用代码应为18位', en: 'A unified social credit code has 18 characters' },
    remedy: { zh: '请填写18位统一社会信用代码', en: 'Send the 18-character code' },
  },
  'org-characters': {
    status: 422,
    message: { zh: '统一社会信用代码中有不应出现的字符', en: 'The code contains characters that cannot occur in it' },
    remedy: {
      zh: '只用数字和大写字母，不用I、O、S、V、Z；第3至8位为数字',
      en: 'Use digits and capital letters except I, O, S, V, Z; places 3 to 8 are digits',
    },
  },
  'org-check-digit': {
    status: 422,
    message: {
      zh: '统一社会信用代码的校验码不符，有一位或几位写错',
      en: 'The check character does not fit: one or more characters are wrong',
    },
    remedy: { zh: '请对照登记证照更正', en: 'Compare with the certificate of registration and correct it' },
  },
  'org-body-check-digit': {
    status: 422,
    message: {
      zh: '代码第9至17位（主体标识码）的校验码不符',
      en: 'The check character of the entity part (places 9 to 17) does not fit',
    },
    remedy: {
      zh: '请到登记机关或全国组织机构代码查询平台核对',
      en: 'Check the code with the registration authority or the national code register',
    },
  },
  'org-department': {
    status: 422,
    message: {
      zh: '统一社会信用代码首位不是登记管理部门代码',
      en: 'The first character stands for no registration department',
    },
    remedy: { zh: '请对照登记证照更正', en: 'Compare with the certificate of registration and correct it' },
  },
  'org-division': {
    status: 422,
    message: {
      zh: '统一社会信用代码的区划部分是虚构的，本辖区不接受',
      en: 'The division part of the code is fictional and not admitted here',
    },
    remedy: { zh: '请填写真实代码', en: 'Send a real code' },
  },
  'org-legacy-code': {
    status: 422,
    message: { zh: '这是9位的旧组织机构代码', en: 'This is an organisation code of the old kind, 9 characters long' },
    remedy: { zh: '请填写18位统一社会信用代码', en: 'Send the 18-character unified social credit code' },
  },
  'org-legacy-registration': {
    status: 422,
    message: { zh: '这是15位的旧注册号', en: 'This is a business registration number of the old kind, 15 digits long' },
    remedy: { zh: '请填写18位统一社会信用代码', en: 'Send the 18-character unified social credit code' },
  },
} satisfies Record<string, Entry>

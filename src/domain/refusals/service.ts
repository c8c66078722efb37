import type { Entry } from './entry.ts'

/** Of the service itself: sessions, requests, accounts. */
export const SERVICE_REFUSALS = {
  'not-signed-in': {
    status: 401,
    message: { zh: '请先登录', en: 'Sign in first' },
    remedy: { zh: '登录后重试', en: 'Sign in and try again' },
  },
  'not-allowed': {
    status: 403,
    message: { zh: '您的岗位不能办理此事项', en: 'Your role may not do this' },
    remedy: { zh: '请联系本单位管理员核对岗位授权', en: 'Ask the administrator of your unit to check your role' },
  },
  'not-found': {
    status: 404,
    message: { zh: '未找到', en: 'Not found' },
    remedy: { zh: '请核对编号', en: 'Check the number' },
  },
  'bad-request': {
    status: 400,
    message: { zh: '请求内容不符合要求', en: 'The request is not as required' },
    remedy: { zh: '请按接口说明修改后重试', en: 'Correct it as the interface description says and try again' },
  },
  'sign-in-failed': {
    status: 401,
    message: { zh: '账号或密码不正确', en: 'Name or password is wrong' },
    remedy: { zh: '请核对后重试', en: 'Check both and try again' },
  },
  'sign-in-locked': {
    status: 429,
    message: { zh: '登录失败次数过多，暂时锁定', en: 'Too many failed sign-ins: locked for a while' },
    remedy: { zh: '请稍候（半分钟至一刻钟）再试', en: 'Wait (half a minute to a quarter of an hour) and try again' },
  },
  csrf: {
    status: 403,
    message: {
      zh: '请求缺少本页面的校验信息',
      en: 'The request lacks the token of its session, or comes from another site',
    },
    remedy: { zh: '请刷新页面后重试', en: 'Reload the page and try again' },
  },
  'too-many-requests': {
    status: 429,
    message: { zh: '请求过于频繁', en: 'Too many requests' },
    remedy: { zh: '请稍后再试', en: 'Try again in a moment' },
  },
  'rotation-running': {
    status: 409,
    message: { zh: '另一次密钥轮换正在进行', en: 'Another rotation of keys is running' },
    remedy: { zh: '请等它结束', en: 'Wait until it has ended' },
  },
  'proof-pending': {
    status: 409,
    message: { zh: '此记录尚未写入账本的签名检查点', en: 'The row is not in a signed checkpoint of the ledger yet' },
    remedy: { zh: '请过一两分钟再试', en: 'Try again in a minute or two' },
  },
  'too-large': {
    status: 413,
    message: { zh: '请求内容过大', en: 'The request is too large' },
    remedy: { zh: '请缩短内容；文件请用文件报送', en: 'Shorten it; send files as files' },
  },
  unavailable: {
    status: 503,
    message: { zh: '系统暂时不可用', en: 'The system is not available at the moment' },
    remedy: { zh: '请稍后再试', en: 'Try again in a moment' },
  },
  'not-built': {
    status: 501,
    message: { zh: '此功能尚未提供', en: 'This is not built yet' },
    remedy: { zh: '请等待后续版本', en: 'Wait for a later version' },
  },
  'account-name': {
    status: 422,
    message: { zh: '账号名不合要求', en: 'The account name is not as required' },
    remedy: {
      zh: '请用2至64个字母、数字、点、横线或下划线，不得使用证件号码',
      en: 'Use 2 to 64 letters, digits, dots, dashes or underscores, and no identifier',
    },
  },
  'account-exists': {
    status: 409,
    message: { zh: '账号名已被使用，或本人已有账号', en: 'The name is in use, or the person has an account already' },
    remedy: { zh: '请换一个账号名，或先关闭原账号', en: 'Choose another name, or close the other account first' },
  },
  'identity-no-match': {
    status: 422,
    message: { zh: '姓名与证件号码不一致', en: 'Name and number do not belong together' },
    remedy: {
      zh: '请按证件核对姓名（显示名）和号码；确属一致的，请先向公安机关核实户籍信息',
      en: 'Check name (as displayed) and number against the document; if both are right, have the register corrected first',
    },
  },
  'identity-unavailable': {
    status: 503,
    message: { zh: '人口库暂时无法核验身份', en: 'The population database cannot check the identity now' },
    remedy: { zh: '请稍后再试；账号未开通', en: 'Try again later; no account was opened' },
  },
  'password-short': {
    status: 422,
    message: { zh: '密码太短', en: 'The password is too short' },
    remedy: { zh: '请至少用12个字符', en: 'Use at least 12 characters' },
  },
  'unknown-role': {
    status: 422,
    message: { zh: '没有此岗位', en: 'There is no such role' },
    remedy: { zh: '请从岗位目录中选择', en: 'Choose from the list of roles' },
  },
  'own-change': {
    status: 403,
    message: { zh: '此事须由另一名管理员决定', en: 'Another administrator has to decide this' },
    remedy: {
      zh: '请由未提出申请、也不是当事账号的管理员办理',
      en: 'Ask one who neither asked for it nor is concerned',
    },
  },
  'own-review': {
    status: 403,
    message: { zh: '不能复核本人的查询', en: 'Nobody reviews what they did themselves' },
    remedy: { zh: '请由另一名审计员复核', en: 'Ask another auditor' },
  },
  'change-waits': {
    status: 409,
    message: { zh: '此账号已有同类申请等待决定', en: 'A change of this kind waits for a decision already' },
    remedy: { zh: '请先由另一名管理员对它作出决定', en: 'Have another administrator decide it first' },
  },
  'code-not-valid': {
    status: 422,
    message: { zh: '口令不正确、已用过或已过期', en: 'The code is wrong, has been used, or is too old' },
    remedy: {
      zh: '请核对账号和口令；仍不行的，请管理员重新给出',
      en: 'Check name and code, or ask the administrator for another',
    },
  },
  'role-not-of-unit': {
    status: 422,
    message: {
      zh: '该岗位不属于这个单位：法院岗位只在法院，复核机关岗位只在司法行政机关',
      en: 'The role is not one of this unit: a court’s belongs to courts, a review body’s to the justice bureau',
    },
    remedy: { zh: '请在相应的单位开立账号', en: 'Open the account in the unit that it belongs to' },
  },
  'roles-together': {
    status: 422,
    message: { zh: '这些岗位不得由一人兼任', en: 'One person may not hold these roles together' },
    remedy: { zh: '审计岗位须单独设立', en: 'The auditor holds no other role' },
  },
} satisfies Record<string, Entry>

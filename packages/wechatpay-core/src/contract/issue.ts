import * as v from 'valibot'

/** Which member is not what it should be. Not what it is: a value of WeChat's answers may name the payer. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'the whole'} is not ${issue.expected ?? 'as declared'}`
}

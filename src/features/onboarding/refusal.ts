/** Slack said no to a call, so that it surely had no effect. @see https://docs.slack.dev/tools/node-slack-sdk/web-api */
export function isPlatformRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'slack_webapi_platform_error';
}

/** Something a person can be told in words. Anything else that is thrown is a bug or an outage. */
export class UserError extends Error {
  override name = 'UserError';
}

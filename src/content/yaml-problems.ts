/** What the YAML reader's complaints mean for somebody with a text editor. */
const meanings: Record<string, string> = {
  ALIAS_PROPS: 'the characters & and * have a meaning in YAML. Put quotes around the text.',
  BAD_ALIAS: 'a text that starts with * or & needs quotes around it.',
  BAD_DQ_ESCAPE:
    'inside double quotes a backslash has a meaning. Use single quotes around the text, or write the backslash twice.',
  BAD_INDENT:
    'the spaces at the start of this line do not fit the lines around it. Align it with its neighbours.',
  BAD_SCALAR_START: 'a text that starts with @, ` or % needs quotes around it.',
  BLOCK_AS_IMPLICIT_KEY:
    'there is a colon with a space after it inside the text. Put quotes around the whole text.',
  BLOCK_IN_FLOW: 'something in brackets is not closed before the next line. Close it with ] or }.',
  COMMENT_SPACE: 'put a space before the # of a comment, or quotes around the text that holds the #.',
  DUPLICATE_KEY:
    'this field is there twice in one entry. Delete one of them, or start a new entry with "- ".',
  MISSING_CHAR: 'a quote, bracket or colon is missing. Check that each one that opens is closed.',
  MULTILINE_IMPLICIT_KEY:
    'this line has no colon, or the text above it is not finished. Check the quotes and the colon here and one line up.',
  MULTIPLE_DOCS: 'a line "---" splits the file in two. Delete that line.',
  TAB_AS_INDENT: 'this line starts with a tab. Use spaces.',
  UNEXPECTED_TOKEN:
    'YAML does not expect this here. Check quotes, colons and indentation here and one line up.',
};

/** @param code and message as the `yaml` package gives them. */
export const explain = ({ code, message }: { code: string; message: string }): string =>
  meanings[code] ??
  `${(message.split('\n')[0] ?? '').replace(/\.?$/, '.')} Check quotes, colons and indentation here.`;

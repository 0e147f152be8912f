/** Says at which place a file is not valid JSON, and what was expected there, so that its author finds the mistake. */
import { printParseErrorCode, visit } from 'jsonc-parser';

type Code = ReturnType<typeof printParseErrorCode>;

const noComments = 'this is a comment, and JSON has no comments';

/** The message for each error of the parser. No message repeats a part of the text, which may be a secret. */
const messages: Readonly<Record<Code, string>> = {
  InvalidSymbol:
    'this is not a JSON value: a text in double quotes, a number, true, false, null, «{» or «[» was expected',
  InvalidNumberFormat: 'this is not a valid JSON number',
  PropertyNameExpected: 'the name of a member, in double quotes, was expected',
  ValueExpected: 'a value was expected',
  ColonExpected: 'a colon was expected',
  CommaExpected: 'a comma or the end of the list or object was expected',
  CloseBraceExpected: '«}» was expected',
  CloseBracketExpected: '«]» was expected',
  EndOfFileExpected: 'the end of the file was expected, because the JSON value before this is complete',
  InvalidCommentToken: noComments,
  UnexpectedEndOfComment: noComments,
  UnexpectedEndOfString: 'the text that begins here has no closing double quote on this line',
  UnexpectedEndOfNumber: 'the number that begins here is incomplete',
  InvalidUnicode: 'the text that begins here has \\u without four hexadecimal digits after it',
  InvalidEscapeCharacter: 'the text that begins here has a backslash before a character that must not be escaped',
  InvalidCharacter: 'the text that begins here contains a tab or another control character; write \\t instead of a tab',
  '<unknown ParseErrorCode>': 'this is not JSON',
};

/** If only the end of an object or array follows, the comma before it is the mistake. */
const messageOf = (code: Code, text: string, offset: number): string => {
  const isTrailingComma = ['}', ']'].includes(text.charAt(offset)) && text.slice(0, offset).trimEnd().endsWith(',');
  return `${messages[code]}${isTrailingComma ? ' after the comma' : ''}`;
};

/** Some editors write a byte order mark. JSON must not begin with one, and must be UTF-8 (RFC 8259 §8.1). */
const encodingMistake = (text: string): string | undefined => {
  if (text.startsWith('\ufeff'))
    return 'a byte order mark (U+FEFF) stands before the JSON; save the file as UTF-8 without a byte order mark';
  return text.startsWith('\ufffd') ? 'the file is not in UTF-8; save it as UTF-8' : undefined;
};

export interface JsonMistake {
  /** Lines and columns count from 1; columns count UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  /** UTF-16 code units before the mistake. */
  readonly offset: number;
  /** What was expected, as a clause. */
  readonly message: string;
}

/** The first mistake of a text that is not JSON; undefined if JSON.parse accepts it. */
export const findJsonMistake = (text: string): JsonMistake | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const begin = { line: 1, column: 1, offset: 0 };
    const encoding = encodingMistake(text);
    if (encoding !== undefined) return { ...begin, message: encoding };
    const mistakes: JsonMistake[] = [];
    visit(
      text,
      {
        onError: (error, offset, _length, line, column) => {
          const message = messageOf(printParseErrorCode(error), text, offset);
          mistakes.push({ line: line + 1, column: column + 1, offset, message });
        },
      },
      { disallowComments: true },
    );
    return mistakes[0] ?? { ...begin, message: messages['<unknown ParseErrorCode>'] };
  }
};

/** A phrase such as «line 3, column 5: a colon was expected», for a text that JSON.parse rejects. */
export const jsonMistake = (text: string): string => {
  const mistake = findJsonMistake(text);
  return mistake === undefined
    ? messages['<unknown ParseErrorCode>']
    : `line ${mistake.line}, column ${mistake.column}: ${mistake.message}`;
};

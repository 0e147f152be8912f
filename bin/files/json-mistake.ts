/** Says where a text stops being JSON, and what was expected there: a person wrote it, and has to find the place. */
import { printParseErrorCode, visit } from 'jsonc-parser';

type Code = ReturnType<typeof printParseErrorCode>;

const isComment = 'this is a comment, and JSON has none';

/** What to say of each error of the parser. No message repeats a part of the text, which may be a secret. */
const messages: Readonly<Record<Code, string>> = {
  InvalidSymbol: 'this is neither a text in double quotes nor a number, true, false, null, «{» or «[»',
  InvalidNumberFormat: 'this is not a number as JSON writes it',
  PropertyNameExpected: 'the name of a member, in double quotes, was expected',
  ValueExpected: 'a value was expected',
  ColonExpected: 'a colon was expected',
  CommaExpected: 'a comma, or the end of the list or object, was expected',
  CloseBraceExpected: '«}» was expected',
  CloseBracketExpected: '«]» was expected',
  EndOfFileExpected: 'the end of the file was expected, because the JSON value before this is complete',
  InvalidCommentToken: isComment,
  UnexpectedEndOfComment: isComment,
  UnexpectedEndOfString: 'the text that begins here has no closing double quote on this line',
  UnexpectedEndOfNumber: 'the number that begins here is incomplete',
  InvalidUnicode: 'the text that begins here has \\u without four hexadecimal digits after it',
  InvalidEscapeCharacter: 'the text that begins here has a backslash before a character that takes none',
  InvalidCharacter: 'the text that begins here has a tab or another control character in it; write \\t, for instance',
  '<unknown ParseErrorCode>': 'this is not JSON',
};

/** A comma is the mistake where nothing but the end of an object or array follows it. */
const messageOf = (code: Code, text: string, offset: number): string => {
  const isTrailingComma = ['}', ']'].includes(text.charAt(offset)) && text.slice(0, offset).trimEnd().endsWith(',');
  return `${messages[code]}${isTrailingComma ? ' after the comma' : ''}`;
};

/** What editors put before a text. JSON must not begin with it, and must be UTF-8 (RFC 8259 §8.1). */
const encodingMistake = (text: string): string | undefined => {
  if (text.startsWith('\ufeff'))
    return 'a byte order mark (U+FEFF) stands before the JSON; save the file as UTF-8 without a byte order mark';
  return text.startsWith('\ufffd') ? 'the file is not in UTF-8; save it as UTF-8' : undefined;
};

/**
 * A clause such as «line 3, column 5: a colon was expected», of a text that JSON.parse refuses. Lines and columns count
 * from 1, columns in UTF-16 code units.
 */
export const jsonMistake = (text: string): string => {
  const encoding = encodingMistake(text);
  if (encoding !== undefined) return `line 1, column 1: ${encoding}`;
  const mistakes: string[] = [];
  visit(
    text,
    {
      onError: (error, offset, _length, line, column) => {
        if (mistakes.length > 0) return;
        mistakes.push(`line ${line + 1}, column ${column + 1}: ${messageOf(printParseErrorCode(error), text, offset)}`);
      },
    },
    { disallowComments: true },
  );
  return mistakes[0] ?? messages['<unknown ParseErrorCode>'];
};

import { LOADER_WORDS as TABLE } from './generated/watched.js';

/** Something that can be asked of a text in one pass over it. */
interface Word {
  test(text: string): boolean;
}

/** `"application/x-pickle"`: a slash, and `ickle` behind it, between a quote and the next quote or line end. */
export const NAMED_MEDIA_TYPE: Word = {
  test(text) {
    let isText = false;
    let hasSlash = false;
    for (const [part] of text.matchAll(/["'\n/]|ickle/gi)) {
      if (part === '\n') isText = false;
      else if (part === '"' || part === "'") [isText, hasSlash] = [true, false];
      else if (part === '/') hasSlash = true;
      else if (isText && hasSlash) return true;
    }
    return false;
  },
};

/** What a source that loads objects, or says that it takes them, holds: all words of a row somewhere in the text. */
export const LOADER_WORDS: readonly (readonly Word[])[] = [...TABLE, [/ickle/, NAMED_MEDIA_TYPE]];

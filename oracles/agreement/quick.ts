/**
 * What the quick looks say of every stream of a file, a line of JSON for each: `breaks`, that every reader stops before anything;
 * `nothing`, that no analysis finds anything. Streams stand behind their length, four bytes, little endian.
 */
import { breaksAtOnce, couldBeArtifact } from '@artifact-sentinel/core/internal';
import { answerEach } from '../framed.ts';

await answerEach(process.argv[2] ?? '', async (stream) => ({
  breaks: breaksAtOnce(stream, 0, { isWhole: true }),
  nothing: !couldBeArtifact(stream),
}));

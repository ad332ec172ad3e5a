import { useEffect, useRef, useState } from 'preact/hooks';
import { artifactHref, intakeHref } from '../model/route.js';
import { useDesk } from './context.js';
import { Problem, useDoing } from './loaded.js';
import { Said, valueOf } from './parts.js';

interface Taken {
  readonly name: string;
  readonly href: string;
}

/** An address or files are taken in: typed, chosen, or dropped anywhere on the page. */
export function TakeIn({ onTaken }: { readonly onTaken: () => void }) {
  const { api } = useDesk();
  const { isBusy, error, run } = useDoing();
  const [sending, setSending] = useState<{ readonly name: string; readonly share: number } | null>(null);
  const [taken, setTaken] = useState<readonly Taken[]>([]);
  const chooser = useRef<HTMLInputElement>(null);

  const address = (form: HTMLFormElement): void => {
    const text = valueOf(form, 'address');
    if (text === '') return;
    void run(async () => {
      const intake = await api.takeIn(text);
      setTaken([{ name: intake.address, href: intakeHref(intake.id) }]);
      form.reset();
    }).then(onTaken);
  };
  const files = async (list: readonly File[]): Promise<void> => {
    await run(async () => {
      const done: Taken[] = [];
      for (const file of list) {
        setSending({ name: file.name, share: 0 });
        const { artifact } = await api.upload(file, (share) => setSending({ name: file.name, share }));
        done.push({ name: file.name, href: artifactHref(artifact) });
        setTaken([...done]);
      }
    });
    setSending(null);
    onTaken();
  };

  useDropped((list) => void files(list));

  return (
    <section class="take-in" aria-label="Take in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          address(event.currentTarget);
        }}
      >
        <label for="address">Take in</label>
        <input
          id="address"
          name="address"
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder="hf://org/model, s3://bucket/prefix, oci://…, https://…"
        />
        <button type="submit" class="primary" disabled={isBusy}>
          Take in
        </button>
        <button type="button" disabled={isBusy} onClick={() => chooser.current?.click()}>
          Choose files
        </button>
        <input
          ref={chooser}
          id="choose-files"
          type="file"
          multiple
          hidden
          aria-label="Files to take in"
          onChange={(event) => {
            const chosen = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            if (chosen.length > 0) void files(chosen);
          }}
        />
      </form>
      {error === null ? null : <Problem text={error} />}
      {sending === null ? null : (
        <p class="sending">
          <progress value={sending.share} max={1} aria-label="Sent" />
          <span class="soft">
            Sending <Said text={sending.name} />
          </span>
        </p>
      )}
      <p role="status" class="taken">
        {taken.length === 0 || sending !== null ? null : (
          <>
            Taken in:{' '}
            {taken.slice(0, 5).map(({ name, href }, index) => (
              <>
                {index === 0 ? '' : ', '}
                <a href={href}>
                  <Said text={name} />
                </a>
              </>
            ))}
            {taken.length > 5 ? ` and ${taken.length - 5} more` : ''}
          </>
        )}
      </p>
    </section>
  );
}

/** Files that are dropped anywhere on the page. */
function useDropped(onFiles: (files: readonly File[]) => void): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      document.documentElement.classList.add('is-dropping');
    };
    const away = (event: DragEvent): void => {
      if (event.relatedTarget === null) document.documentElement.classList.remove('is-dropping');
    };
    const drop = (event: DragEvent): void => {
      document.documentElement.classList.remove('is-dropping');
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length === 0) return;
      event.preventDefault();
      onFiles(dropped);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', away);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', away);
      removeEventListener('drop', drop);
    };
  }, []);
}

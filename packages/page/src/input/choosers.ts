/** The browser's choosers; they are elements of their own outside of the view, so that a click can open them from anywhere. */
export class Choosers {
  readonly #files: HTMLInputElement;
  readonly #folder: HTMLInputElement;
  readonly #policy: HTMLInputElement;

  constructor(onFiles: (files: readonly File[]) => void, onPolicy: (file: File) => void) {
    this.#files = chooser('choose-files', onFiles);
    this.#files.multiple = true;
    this.#folder = chooser('choose-folder', onFiles);
    this.#folder.webkitdirectory = true;
    this.#policy = chooser('choose-policy', ([file]) => {
      if (file !== undefined) onPolicy(file);
    });
    this.#policy.accept = '.yml,.yaml';
  }

  files(): void {
    this.#files.click();
  }

  folder(): void {
    this.#folder.click();
  }

  policy(): void {
    this.#policy.click();
  }
}

function chooser(id: string, onFiles: (files: readonly File[]) => void): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'file';
  input.id = id;
  input.hidden = true;
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    // The same files can be chosen again.
    input.value = '';
    if (files.length > 0) onFiles(files);
  });
  document.body.append(input);
  return input;
}

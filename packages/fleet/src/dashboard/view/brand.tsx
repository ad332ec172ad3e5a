export function Brand() {
  return (
    <p class="brand">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d="M12 2 21 6v6c0 5-4 8.5-9 10-5-1.500-9-5-9-10V6z" fill="none" stroke="currentColor" stroke-width="2" />
        <path d="M8 12h8" stroke="currentColor" stroke-width="2" />
      </svg>
      Sentinel
    </p>
  );
}

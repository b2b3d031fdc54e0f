/** The product's mark: a locker door with a keyhole. */
export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 40 40" width="32" height="32" aria-hidden="true" focusable="false" className="brand__mark">
        <path d="M5 3h30v34H5z" fill="currentColor" />
        <path d="M13 10h14M13 15h14" className="brand__detail" strokeWidth="2.4" fill="none" />
        <path d="M20 21.5a3 3 0 0 1 1.6 5.5l.9 4.5h-5l.9-4.5A3 3 0 0 1 20 21.5z" className="brand__hole" />
      </svg>
      <span className="brand__name">Lokero</span>
    </span>
  );
}

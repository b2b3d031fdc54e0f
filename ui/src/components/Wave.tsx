import { useId } from "react";

/** The wavy edge of a coloured panel. */
export function Wave() {
  const id = useId();
  return (
    <svg className="wave" width="100%" height="20" aria-hidden="true" focusable="false">
      <defs>
        <pattern id={id} width="80" height="20" patternUnits="userSpaceOnUse">
          <path d="M0 0h80v6c-20 0-20 12-40 12S20 6 0 6z" fill="currentColor" />
        </pattern>
      </defs>
      <rect width="100%" height="20" fill={`url(#${id})`} />
    </svg>
  );
}

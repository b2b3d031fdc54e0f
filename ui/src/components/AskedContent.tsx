import type { ReactNode } from "react";

import type { Asked } from "../backend/useAnswer";
import { ErrorNotice } from "../errors/ErrorNotice";
import { Loading } from "./Loading";

type Props<T> = {
  of: Asked<T>;
  /** What names the page while what names it could not be had. */
  heading?: ReactNode;
  children: (value: T) => ReactNode;
};

/** What was asked for, once it is here; until then that it is loading, or how it failed. */
export function AskedContent<T>({ of, heading, children }: Props<T>) {
  if (of.isLoading) {
    return <Loading />;
  }
  if (of.value === undefined) {
    return (
      <>
        {heading}
        <ErrorNotice error={of.error} onRetry={of.reload} />
      </>
    );
  }
  return children(of.value);
}

import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { useSearchParams } from "react-router";

const SPANS = [7, 30, 90];

/** Over how many days something is told: by the address, `?days=`. */
export function useSpan(): number {
  const [params] = useSearchParams();
  return SPANS.find((span) => String(span) === params.get("days")) ?? 30;
}

export function SpanSelect() {
  const { t } = useLingui();
  const chosen = useSpan();
  const [, setParams] = useSearchParams();
  return (
    <NativeSelect
      aria-label={t`How far back`}
      value={String(chosen)}
      data={SPANS.map((span) => ({ value: String(span), label: t`${span} days` }))}
      onChange={({ currentTarget: { value } }) => {
        setParams(
          (before) => {
            before.set("days", value);
            return before;
          },
          { replace: true },
        );
      }}
    />
  );
}

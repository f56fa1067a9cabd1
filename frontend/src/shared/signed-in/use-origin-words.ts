import { useLingui } from "@lingui/react/macro";

const OPERATOR = "command line"; // what the audit has instead of an address: backend/admin/here.py

/** From where something was done: an address, or the operator's command line. */
export function useOriginWords(): (address: string) => string {
  const { t } = useLingui();
  return (address) => (address === OPERATOR ? t`the command line` : address);
}

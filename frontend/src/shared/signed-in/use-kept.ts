import { useEffect, useState } from "react";
import { useAccount } from "@/shared/session/account-context";

const PREFIX = "zaguan-kept:";

function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The browser forbids it: the person chooses once more.
  }
}

/**
 * What this person had chosen when they left to sign in again, and how to keep it. It is kept in
 * this tab only, for this person only, and given back once. Nothing secret belongs here.
 */
export function useKept<T>(name: string): { kept: T | null; keep: (value: T) => void } {
  const { id } = useAccount();
  const key = `${PREFIX}${id}:${name}`;
  const [kept] = useState(() => read(key) as T | null);

  useEffect(() => {
    write(key, null);
  }, [key]);

  return {
    kept,
    keep: (value) => {
      write(key, value);
    },
  };
}

import { useMutation } from "@tanstack/react-query";
import { beginConnecting } from "./api/begin-connecting";
import { goOn } from "./go-on";

/** Leads to Google's own page of consent, and back to this one. */
export const useConnecting = () =>
  useMutation({
    mutationFn: async (scopes: string[]) => {
      goOn(await beginConnecting(scopes, "/app/account/google"));
    },
  });

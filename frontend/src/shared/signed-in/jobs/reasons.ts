import { msg } from "@lingui/core/macro";
import type { Words } from "./use-told-words";

/** Why a job of any kind may have failed. */
export const reasons: Words = {
  internal: msg`Something went wrong on our side, several times. Try again later.`,
  unavailable: msg`A part of the platform did not answer for an hour. Try again later.`,
};

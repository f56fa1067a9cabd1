// Generated from contracts/ai.openapi.json by `npm run generate`.

export interface paths {
    "/api/ai/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the models */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ModelOut
         * @description One model.
         */
        ModelOut: {
            /** Created */
            created: number;
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "chat" | "embedding";
            /**
             * Object
             * @default model
             * @constant
             */
            object: "model";
            /** Owned By */
            owned_by: string;
        };
        /**
         * ModelsOut
         * @description All that the person may use.
         */
        ModelsOut: {
            /** Data */
            data: components["schemas"]["ModelOut"][];
            /**
             * Object
             * @default list
             * @constant
             */
            object: "list";
        };
        Problem: {
            detail: string;
            errors?: {
                detail: string;
                pointer: string;
            }[];
            request_id?: string | null;
            status: number;
            title: string;
            /** Format: uri-reference */
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelsOut"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

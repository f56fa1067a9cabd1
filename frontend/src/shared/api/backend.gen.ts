// Generated from contracts/backend.openapi.json by `npm run generate`.

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys that identity tokens are signed with */
        get: operations["getKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am and what I may do */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Delete your account, at every service
         * @description Asked of who has just signed in; the last administrator cannot. Other sessions and all access tokens end at once.
         *     `GET /api/account` tells how far it is, and 401 in the end. It cannot be undone.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to your account, the newest first */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changes for you, as it happens
         * @description Server-sent events until you sign out: `documents`, `job` and `session` say what is another now, by ids and never
         *     contents; `budget`: most of a budget of the AI APIs is used; `reset`: more was missed than is known, so fetch all
         *     anew; `end` says why it is over.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that the platform keeps of you, as a ZIP
         * @description From every service: JSON, and each document as Markdown. It is sent while it is made. If a service does not answer,
         *     503; if one breaks off later, `MISSING.txt` in the archive says so.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/google": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of Google you have connected, and what can be */
        get: operations["getGoogleConnection"];
        put?: never;
        /**
         * Connect Google, or connect more of it
         * @description The browser goes on at `location`, to Google's own page, and comes back to `next`. What is connected already stays.
         */
        post: operations["connectGoogle"];
        /**
         * Disconnect Google
         * @description The tokens are deleted here and revoked at the provider. If it does not answer, they are deleted all the same.
         */
        delete: operations["disconnectGoogle"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/programs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Programs that you have signed in, the newest first */
        get: operations["listPrograms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/programs/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign the program with this code in as yourself. Asked of who has just signed in */
        post: operations["approveProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/programs/deny": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the program with this code away */
        post: operations["denyProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/programs/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Which program asks to be signed in, from where, for what
         * @description Ten wrong codes in ten minutes are 429, for lookup, approval and refusal together.
         */
        post: operations["lookUpProgram"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/programs/{program_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign one program out
         * @description It takes effect at every service within two seconds.
         */
        delete: operations["endProgram"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are signed in, the last used first */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere, here too
         * @description It takes effect at every service within two seconds, for programs that you have signed in, too. Access tokens
         *     live on.
         */
        delete: operations["endAllSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign one device out
         * @description It takes effect at every service within two seconds.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your personal access tokens, the newest first */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make a personal access token
         * @description It may do what you choose here, and never more than you may at that moment. Asked of who has just signed in.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an access token
         * @description It takes effect at every service within two seconds.
         */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the audit, the newest first */
        get: operations["searchAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a file for spreadsheets; that it was taken is in the audit, too */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People and sign-ins at a glance */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations, the newest first */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite somebody by e-mail address
         * @description The link works once, for who signs in with this address, confirmed by their provider. Sending it is up to you.
         */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the events of all services are
         * @description A service that does not answer is named as such; of the others all is told.
         */
        get: operations["getOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/operations/{service}/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the dead letters of a queue, what was found last first
         * @description Of the payload its shape is told, no content.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/operations/{service}/dead-letters/{letter_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget a dead letter
         * @description 404: it is gone already; 409: it is being tried.
         */
        delete: operations["dropDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/operations/{service}/dead-letters/{letter_id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a dead letter tried once more
         * @description By the queue in which it was buried, and no other; as often as a new one. What was handled meanwhile is not
         *     handled a second time. 404: it is gone already; 409: it is being tried.
         */
        post: operations["sendDeadLetterAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles, and all permissions that there are */
        get: operations["listRoles"];
        put?: never;
        /**
         * Make a role
         * @description Nobody puts more into it than they may themselves; `users:manage` asks for a fresh sign-in.
         */
        post: operations["createRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change what a role allows
         * @description It counts for all who have it, at every service, within two seconds.
         */
        put: operations["changeRole"];
        post?: never;
        /** Remove a role from everybody who has it */
        delete: operations["removeRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List people, the newest first */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one person */
        get: operations["readPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Approve, suspend or reactivate a person, give and take roles
         * @description It counts at every service within two seconds. Nobody gives or touches more than they may themselves; giving
         *     `users:manage`, or letting in who has it, asks for a fresh sign-in, and one administrator always remains.
         */
        patch: operations["changePerson"];
        trace?: never;
    };
    "/api/invitations/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the identity provider
         * @description Who has come back from connecting Google has a session already, and gets no other one.
         */
        get: operations["completeSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/google": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Go to the provider's page of consent */
        get: operations["continueConnectingGoogle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Go to the identity provider */
        get: operations["signIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/device_authorization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a person to sign this program in (RFC 8628) */
        post: operations["authorizeDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign this program out (RFC 7009)
         * @description Either of its credentials will do, and both end, within two seconds at every service.
         */
        post: operations["revokeCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get credentials once the person has approved, or new ones for a refresh credential */
        post: operations["getCredentials"];
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
        /** Account */
        Account: {
            deletion: components["schemas"]["Deletion"] | null;
            /** Email */
            email: string | null;
            /** Email Verified */
            email_verified: boolean;
            /** Id */
            id: string;
            /** Locale */
            locale: string | null;
            /** Name */
            name: string | null;
            /** Permissions */
            permissions: string[];
            /** Picture */
            picture: string | null;
            /** Roles */
            roles: string[];
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "active" | "deleting";
        };
        /** AuditEntry */
        AuditEntry: {
            /** Action */
            action: string;
            actor: components["schemas"]["Somebody"] | null;
            /** Address */
            address: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Detail */
            detail: {
                [key: string]: unknown;
            };
            /** Id */
            id: string;
            /** Request Id */
            request_id: string | null;
            target: components["schemas"]["Somebody"] | null;
        };
        /** AuditPage */
        AuditPage: {
            /** Items */
            items: components["schemas"]["AuditEntry"][];
            /** Next */
            next: string | null;
        };
        /**
         * Change
         * @description What is left out stays.
         */
        Change: {
            /**
             * Roles
             * @default null
             */
            roles: string[] | null;
            /**
             * Status
             * @default null
             */
            status: ("active" | "suspended") | null;
        };
        /** ConnectionBegun */
        ConnectionBegun: {
            /**
             * Location
             * @description A local path: open it in this browser within a minute
             */
            location: string;
        };
        /** ConnectionDraft */
        ConnectionDraft: {
            /**
             * Next
             * @description A local path to come back to; normally /app/account
             * @default null
             */
            next: string | null;
            /**
             * Scopes
             * @description Names of `offered`
             */
            scopes: string[];
        };
        /** Day */
        Day: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * People
             * @description How many people signed in
             */
            people: number;
            /** Refusals */
            refusals: number;
            /** Sign Ins */
            sign_ins: number;
        };
        /** DeadLetter */
        DeadLetter: {
            /**
             * Buried At
             * Format: date-time
             * @description Since when it is a dead letter
             */
            buried_at: string;
            /**
             * Event Id
             * @description `null`: the message has none that could be one
             */
            event_id: string | null;
            /**
             * Event Type
             * @description What the message claims to be
             */
            event_type: string | null;
            /**
             * Happened At
             * @description When the event was made
             */
            happened_at: string | null;
            /** Id */
            id: string;
            /**
             * On Behalf
             * @description Whether it acts for a person: sent again, it gets a fresh token
             */
            on_behalf: boolean;
            /** Queue */
            queue: string;
            /** Reason */
            reason: string;
            /**
             * Shape
             * @description The first hundred pieces
             */
            shape: components["schemas"]["Part"][];
            /**
             * Size
             * @description Bytes of the payload
             */
            size: number;
            /**
             * State
             * @description `sent_again`: it is being tried
             * @enum {string}
             */
            state: "waiting" | "sent_again";
            /**
             * Tries
             * @description How often it has failed
             */
            tries: number;
        };
        /**
         * DeadLetters
         * @description A page of dead letters, what was found last first.
         */
        DeadLetters: {
            /** Items */
            items: components["schemas"]["DeadLetter"][];
            /** Next */
            next: string | null;
        };
        /**
         * Deletion
         * @description It goes on by itself. Once all is gone the session is, too: 401.
         */
        Deletion: {
            /**
             * Begun At
             * Format: date-time
             */
            begun_at: string;
            /**
             * Done After
             * Format: date-time
             * @description Not before: until then what was begun earlier may still end
             */
            done_after: string;
            /** Parts */
            parts: components["schemas"]["DeletionPart"][];
        };
        /** DeletionPart */
        DeletionPart: {
            /**
             * Name
             * @description A service, such as `documents`, or `account` for the rest
             */
            name: string;
            /**
             * State
             * @description `delayed`: it takes longer than it should, and is tried again
             * @enum {string}
             */
            state: "waiting" | "erased" | "delayed";
        };
        /** DeviceAnswer */
        DeviceAnswer: {
            /** Device Code */
            device_code: string;
            /**
             * Expires In
             * @description Seconds
             */
            expires_in: number;
            /**
             * Interval
             * @description Seconds to wait between two questions
             */
            interval: number;
            /**
             * User Code
             * @description For the person to type at `verification_uri`
             */
            user_code: string;
            /** Verification Uri */
            verification_uri: string;
            /** Verification Uri Complete */
            verification_uri_complete: string;
        };
        /** DeviceRequest */
        DeviceRequest: {
            /**
             * Client Id
             * @description `zaguan`, or another that this platform knows
             */
            client_id: string;
            /**
             * Scope
             * @description Permissions, separated by spaces
             * @default null
             */
            scope: string | null;
        };
        /**
         * Disconnected
         * @description The tokens are gone from here in any case.
         */
        Disconnected: {
            /**
             * Remove At
             * @description Where to take the access back by hand, if it has not
             */
            remove_at: string | null;
            /**
             * Revoked
             * @description Whether the provider has revoked them, too
             */
            revoked: boolean;
        };
        /**
         * GoogleConnection
         * @description What of Google is connected.
         */
        GoogleConnection: {
            /** Connected */
            connected: boolean;
            /** Connected At */
            connected_at: string | null;
            /**
             * Email
             * @description Of the account at Google
             */
            email: string | null;
            /**
             * Missing
             * @description What was asked for last time, and not granted
             */
            missing: string[];
            /**
             * Needs Reconnecting
             * @description Google does not accept it any more: connect the same again
             */
            needs_reconnecting: boolean;
            /** Offered */
            offered: components["schemas"]["OfferedScope"][];
            /**
             * Scopes
             * @description What was granted
             */
            scopes: string[];
        };
        /** History */
        History: {
            /** Items */
            items: components["schemas"]["HistoryEntry"][];
            /** Next */
            next: string | null;
        };
        /**
         * HistoryEntry
         * @description Something that happened to this account.
         */
        HistoryEntry: {
            /** Action */
            action: string;
            /** Address */
            address: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By Me */
            by_me: boolean;
            /** Detail */
            detail: {
                [key: string]: unknown;
            };
            /** Id */
            id: string;
            /**
             * To Me
             * @description Else it was done to somebody else, or to nobody
             */
            to_me: boolean;
        };
        /** Invitation */
        Invitation: {
            /** Accepted At */
            accepted_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: string;
            /** Invited By */
            invited_by: string;
            /** Role */
            role: string;
        };
        /** InvitationDraft */
        InvitationDraft: {
            /**
             * Days
             * @description How long the link works
             * @default 7
             */
            days: number;
            /** Email */
            email: string;
            /**
             * Role
             * @default member
             */
            role: string;
        };
        /** Invitations */
        Invitations: {
            /** Items */
            items: components["schemas"]["Invitation"][];
            /** Next */
            next: string | null;
        };
        /** NewInvitation */
        NewInvitation: {
            /** Accepted At */
            accepted_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: string;
            /** Invited By */
            invited_by: string;
            /**
             * Link
             * @description To give to the person; shown this once
             */
            link: string;
            /** Role */
            role: string;
        };
        /** NewToken */
        NewToken: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Id */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Permissions */
            permissions: string[];
            /**
             * Token
             * @description Shown this once
             */
            token: string;
        };
        /**
         * OfferedScope
         * @description Something that may be connected.
         */
        OfferedScope: {
            /**
             * Allows
             * @description In a few words
             */
            allows: string;
            /**
             * Name
             * @description What `scopes` names it by
             */
            name: string;
            /**
             * Services
             * @description Which services may use it, for you
             */
            services: string[];
        };
        /**
         * Operations
         * @description The events of all services at this moment.
         */
        Operations: {
            /** Services */
            services: components["schemas"]["ServiceEvents"][];
        };
        /**
         * Outbox
         * @description What the service has to tell, and has not yet.
         */
        Outbox: {
            /**
             * Oldest At
             * @description Since when the oldest of them waits
             */
            oldest_at: string | null;
            /**
             * Returned
             * @description Of these the broker could not deliver so many yet
             */
            returned: number;
            /** Sent Last Minute */
            sent_last_minute: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * Overview
         * @description The platform's people at a glance.
         */
        Overview: {
            /** Active */
            active: number;
            /** Days */
            days: components["schemas"]["Day"][];
            /** Pending */
            pending: number;
            /** Suspended */
            suspended: number;
        };
        /**
         * Part
         * @description A piece of a payload, by where it is: what kind of value, and how long. Never the value.
         */
        Part: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "object" | "list" | "text" | "number" | "boolean" | "null" | "bytes";
            /**
             * Length
             * @description Characters of a text, entries of a list or object, bytes
             */
            length: number | null;
            /**
             * Path
             * @description As `data.owner`; empty: the whole
             */
            path: string;
        };
        /** People */
        People: {
            /** Items */
            items: components["schemas"]["Person"][];
            /** Next */
            next: string | null;
        };
        /** Permission */
        Permission: {
            /** Description */
            description: string;
            /** Name */
            name: string;
        };
        /** Person */
        Person: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** @description How far it is, if `status` is `deleting` */
            deletion: components["schemas"]["Deletion"] | null;
            /** Email */
            email: string | null;
            /** Email Verified */
            email_verified: boolean;
            /** Id */
            id: string;
            /**
             * Last Seen At
             * @description Of the sessions that are open
             */
            last_seen_at: string | null;
            /** Name */
            name: string | null;
            /** Picture */
            picture: string | null;
            /** Roles */
            roles: string[];
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "active" | "suspended" | "deleting";
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
        /**
         * Program
         * @description A program that is signed in.
         */
        Program: {
            /**
             * Address
             * @description From where it asked
             */
            address: string | null;
            /**
             * Client
             * @description Its name; nothing proves it
             */
            client: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /**
             * Permissions
             * @description `account:tokens`: list and revoke access tokens
             */
            permissions: string[];
            /**
             * User Agent
             * @description What it says of itself and of its machine
             */
            user_agent: string | null;
        };
        /** ProgramList */
        ProgramList: {
            /** Items */
            items: components["schemas"]["Program"][];
        };
        /**
         * Queue
         * @description What the service is to hear; `null` where the broker does not answer, or cannot know.
         */
        Queue: {
            /**
             * Consumers
             * @default null
             */
            consumers: number | null;
            /**
             * Dead Letters
             * @description They wait until somebody decides about each
             * @default null
             */
            dead_letters: number | null;
            /**
             * Events
             * @description The types of events in it
             */
            events: string[];
            /** Handled Last Minute */
            handled_last_minute: number;
            /** Name */
            name: string;
            /**
             * Oldest At
             * @description Since when the oldest waits, at most
             * @default null
             */
            oldest_at: string | null;
            /**
             * Sent Again
             * @description Dead letters that are being tried once more
             */
            sent_again: number;
            /**
             * Waiting
             * @default null
             */
            waiting: number | null;
        };
        /** RevocationRequest */
        RevocationRequest: {
            /**
             * Client Id
             * @description `zaguan`, or another that this platform knows
             */
            client_id: string;
            /** Token */
            token: string;
        };
        /** Role */
        Role: {
            /** Built In */
            built_in: boolean;
            /** Name */
            name: string;
            /**
             * People
             * @description How many have it
             */
            people: number;
            /** Permissions */
            permissions: string[];
        };
        /** RoleChange */
        RoleChange: {
            /** Permissions */
            permissions: string[];
        };
        /** RoleDraft */
        RoleDraft: {
            /** Name */
            name: string;
            /** Permissions */
            permissions: string[];
        };
        /** Roles */
        Roles: {
            /** Items */
            items: components["schemas"]["Role"][];
            /**
             * Permissions
             * @description All that there are
             */
            permissions: components["schemas"]["Permission"][];
        };
        /** ServiceEvents */
        ServiceEvents: {
            /** @description `null` unless it answered */
            events: components["schemas"]["ServiceState"] | null;
            /** Name */
            name: string;
            /**
             * State
             * @description `unreachable`: it does not answer. `unknown`: it does not tell, or is not in PEERS
             * @enum {string}
             */
            state: "ok" | "unreachable" | "unknown";
        };
        /**
         * ServiceState
         * @description The events of one service at this moment.
         */
        ServiceState: {
            /**
             * Broker
             * @description Whether it answered the service
             * @enum {string}
             */
            broker: "ok" | "unreachable";
            outbox: components["schemas"]["Outbox"];
            /** Queues */
            queues: components["schemas"]["Queue"][];
        };
        /**
         * Session
         * @description A browser that is signed in.
         */
        Session: {
            /** Address */
            address: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Current */
            current: boolean;
            /** Id */
            id: string;
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /** User Agent */
            user_agent: string | null;
        };
        /** SessionList */
        SessionList: {
            /** Items */
            items: components["schemas"]["Session"][];
        };
        /**
         * Somebody
         * @description A person of an entry, as they are called today; gone people are an id.
         */
        Somebody: {
            /** Email */
            email: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string | null;
        };
        /**
         * Token
         * @description A personal access token, without its text.
         */
        Token: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Id */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /** Permissions */
            permissions: string[];
        };
        /** TokenAnswer */
        TokenAnswer: {
            /**
             * Access Token
             * @description `zga_…`, to be sent as `Authorization: Bearer`
             */
            access_token: string;
            /**
             * Expires In
             * @description Seconds
             */
            expires_in: number;
            /**
             * Refresh Token
             * @description `zgr_…`; each is good once
             */
            refresh_token: string;
            /**
             * Scope
             * @description What was given, which may be less than what was asked for
             */
            scope: string;
            /**
             * Token Type
             * @constant
             */
            token_type: "Bearer";
        };
        /** TokenDraft */
        TokenDraft: {
            /**
             * Expires At
             * @default null
             */
            expires_at: string | null;
            /** Name */
            name: string;
            /** Permissions */
            permissions: string[];
        };
        /** TokenList */
        TokenList: {
            /** Items */
            items: components["schemas"]["Token"][];
        };
        /** TokenRequest */
        TokenRequest: {
            /**
             * Client Id
             * @description `zaguan`, or another that this platform knows
             */
            client_id: string;
            /**
             * Device Code
             * @default null
             */
            device_code: string | null;
            /**
             * Grant Type
             * @description `urn:ietf:params:oauth:grant-type:device_code` or `refresh_token`
             */
            grant_type: string;
            /**
             * Refresh Token
             * @default null
             */
            refresh_token: string | null;
        };
        /** UserCode */
        UserCode: {
            /**
             * User Code
             * @description In any case, with or without -
             */
            user_code: string;
        };
        /**
         * WaitingProgram
         * @description A program that waits for this person's word, and what it would get.
         */
        WaitingProgram: {
            /**
             * Address
             * @description From where it asked
             */
            address: string | null;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /**
             * Client
             * @description Its name; nothing proves it
             */
            client: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Permissions
             * @description `account:tokens`: list and revoke access tokens
             */
            permissions: string[];
            /**
             * User Agent
             * @description What it says of itself and of its machine
             */
            user_agent: string | null;
            /** User Code */
            user_code: string;
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
    getKeys: {
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
                    "application/json": unknown;
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
    getAccount: {
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
                    "application/json": components["schemas"]["Account"];
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
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
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
    listHistory: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the history */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
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
    followEvents: {
        parameters: {
            query?: {
                last_event_id?: string;
                recent?: number;
            };
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream (text/event-stream) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    exportAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archive (application/zip) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    getGoogleConnection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection, or that there is none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoogleConnection"];
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
    connectGoogle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionDraft"];
            };
        };
        responses: {
            /** @description Where to go on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionBegun"];
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
    disconnectGoogle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is disconnected */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disconnected"];
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
    listPrograms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The programs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramList"];
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
    approveProgram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCode"];
            };
        };
        responses: {
            /** @description It is signed in as you */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    denyProgram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCode"];
            };
        };
        responses: {
            /** @description It is sent away */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    lookUpProgram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserCode"];
            };
        };
        responses: {
            /** @description The program that shows this code */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingProgram"];
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
    endProgram: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                program_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The devices */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
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
    endAllSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All are signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
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
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenDraft"];
            };
        };
        responses: {
            /** @description The new token, with its text */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
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
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    searchAudit: {
        parameters: {
            query?: {
                person?: string;
                action?: string;
                request_id?: string;
                since?: string;
                until?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
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
    exportAudit: {
        parameters: {
            query?: {
                person?: string;
                action?: string;
                request_id?: string;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries as CSV (RFC 4180) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    getOverview: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The overview */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
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
    listInvitations: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of invitations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitations"];
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
    createInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationDraft"];
            };
        };
        responses: {
            /** @description The invitation, with its link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
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
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is withdrawn */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    getOperations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The services */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operations"];
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
    listDeadLetters: {
        parameters: {
            query: {
                queue: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                service: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetters"];
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
    dropDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                service: string;
                letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is forgotten */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    sendDeadLetterAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                service: string;
                letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is being tried */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    listRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Roles and permissions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roles"];
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
    createRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleDraft"];
            };
        };
        responses: {
            /** @description The roles as they are now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roles"];
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
    changeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description The roles as they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roles"];
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
    removeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    listPeople: {
        parameters: {
            query?: {
                id?: string[];
                q?: string;
                status?: "pending" | "active" | "suspended" | "deleting";
                role?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of people */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
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
    readPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
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
    changePerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Change"];
            };
        };
        responses: {
            /** @description The person as they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
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
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description You are in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    completeSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed in */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    continueConnectingGoogle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
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
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    authorizeDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["DeviceRequest"];
            };
        };
        responses: {
            /** @description The codes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceAnswer"];
                };
            };
            /** @description A refusal in OAuth's shape */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Error */
                        error: string;
                        /** Error Description */
                        error_description: string;
                    };
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
    revokeCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["RevocationRequest"];
            };
        };
        responses: {
            /** @description It is not valid, or not any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A refusal in OAuth's shape */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Error */
                        error: string;
                        /** Error Description */
                        error_description: string;
                    };
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
    getCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The credentials */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description A refusal in OAuth's shape */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Error */
                        error: string;
                        /** Error Description */
                        error_description: string;
                    };
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

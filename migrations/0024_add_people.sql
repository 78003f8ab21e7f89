CREATE TABLE "directory_people" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"name" text NOT NULL,
	"license_ids" text[] NOT NULL,
	"location_id" text,
	"invite_pending" boolean,
	"login_enabled" boolean,
	"gone_at" timestamp with time zone,
	"seen_in" bigint,
	CONSTRAINT "directory_people_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
ALTER TABLE "directory_people" ADD CONSTRAINT "directory_people_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;
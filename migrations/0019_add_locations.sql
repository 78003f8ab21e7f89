CREATE TABLE "locations" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"name" text NOT NULL,
	"address1" text,
	"address2" text,
	"city" text,
	"state" text,
	"postal_code" text,
	"country" text,
	"time_zone" text,
	"latitude" text,
	"longitude" text,
	"notes" text,
	"gone_at" timestamp with time zone,
	CONSTRAINT "locations_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;
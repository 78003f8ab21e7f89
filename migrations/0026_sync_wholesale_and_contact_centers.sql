CREATE TABLE "contact_center_parts" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"part" text NOT NULL,
	"name" text NOT NULL,
	"is_active" boolean,
	"type" text,
	"status" text,
	"channel" text,
	"routing" text,
	"selection" text,
	"site_name" text,
	"gone_at" timestamp with time zone,
	CONSTRAINT "contact_center_parts_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
CREATE TABLE "wholesale_customers" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"name" text NOT NULL,
	"webex_org_id" text,
	"external_id" text,
	"address_line1" text,
	"address_line2" text,
	"city" text,
	"state_or_province" text,
	"zip_or_postal_code" text,
	"country" text,
	"status" text,
	"packages" text[] NOT NULL,
	"details" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "wholesale_customers_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
CREATE TABLE "wholesale_subscribers" (
	"organization_id" uuid NOT NULL,
	"webex_id" text NOT NULL,
	"name" text NOT NULL,
	"package" text,
	"status" text NOT NULL,
	"count" integer NOT NULL,
	"with_errors" integer NOT NULL,
	"errors" jsonb NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "wholesale_subscribers_organization_id_webex_id_pk" PRIMARY KEY("organization_id","webex_id")
);
--> statement-breakpoint
ALTER TABLE "contact_center_parts" ADD CONSTRAINT "contact_center_parts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wholesale_customers" ADD CONSTRAINT "wholesale_customers_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wholesale_subscribers" ADD CONSTRAINT "wholesale_subscribers_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;
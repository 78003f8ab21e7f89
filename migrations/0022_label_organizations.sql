CREATE TABLE "organization_labels" (
	"organization_id" uuid NOT NULL,
	"label" text NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organization_labels_organization_id_label_pk" PRIMARY KEY("organization_id","label")
);
--> statement-breakpoint
ALTER TABLE "organization_labels" ADD CONSTRAINT "organization_labels_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "organization_labels_label" ON "organization_labels" USING btree ("label","organization_id");
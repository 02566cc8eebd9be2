using AspNetCoreGeneratedDocument;
using RazorSlices;
using SigningProxy.Setup.Pages.Administrators;
using SigningProxy.Setup.Pages.Entries;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.Pages.Home;
using SigningProxy.Setup.Pages.Importing;
using SigningProxy.Setup.Pages.Testing;
using SigningProxy.Setup.Pages.Trail;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages;

/// <summary>The templates below Slices, each with what it shows.</summary>
internal static class Slices
{
    public static RazorSlice AdministratorForm(AdministratorFormView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_AdministratorForm { Model = model });

    public static RazorSlice AdministratorToken(AdministratorTokenView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_AdministratorToken { Model = model });

    public static RazorSlice Administrators(AdministratorsView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Administrators { Model = model });

    public static RazorSlice Audit(AuditView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Audit { Model = model });

    public static RazorSlice Explained(SigningProxy.Explain.Explanation model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Explained { Model = model });

    public static RazorSlice FaultList(FormView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_FaultList { Model = model });

    public static RazorSlice Home(HomeView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Home { Model = model });

    public static RazorSlice Import(ImportView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Import { Model = model });

    public static RazorSlice Live(LiveView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Live { Model = model });

    public static RazorSlice Test(TestView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Test { Model = model });

    public static RazorSlice TestAnswer(SigningProxy.Setup.Api.TestCallAnswer model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_TestAnswer { Model = model });

    public static RazorSlice Conflict(ConflictView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Conflict { Model = model });

    public static RazorSlice Continue(PageFrame model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Continue { Model = model });

    public static RazorSlice Delete(DeleteView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Delete { Model = model });

    public static RazorSlice Details(EntryDetails model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Details { Model = model });

    public static RazorSlice Field(FieldView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Field { Model = model });

    public static RazorSlice FieldWords(FieldView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_FieldWords { Model = model });

    public static RazorSlice Find(FindPage model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Find { Model = model });

    public static RazorSlice First(FirstView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_First { Model = model });

    public static RazorSlice Form(FormView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Form { Model = model });

    public static RazorSlice List(ListView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_List { Model = model });

    public static RazorSlice Problem(ProblemPage model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Problem { Model = model });

    public static RazorSlice SignIn(SignInView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_SignIn { Model = model });

    public static RazorSlice Status(StatusWord model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Status { Model = model });

    public static RazorSlice Welcome(FirstView model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Welcome { Model = model });

    /// <summary>What stands around every page. The package's own classes of this kind are public, and cannot show what is not.</summary>
    internal sealed class Layout : IRazorSliceProxy<PageFrame>
    {
        static RazorSlice<PageFrame> IRazorSliceProxy<PageFrame>.CreateSlice(PageFrame model) => RazorSliceFactory.Create(model, static model => new Setup_Pages_Slices_Layout { Model = model });
    }
}
